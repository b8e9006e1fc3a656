"""The files of a site: linked before and after the snapshot of the database, see the package."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models

from college_site.registry import registry

PAPERS = "acts"  # of destroyed personal data, in DATA_DIR: to be stored for three years


def list_folders():
    """{name in the archive: folder} of what the archive contains besides the database."""
    folders = {PAPERS: settings.DATA_DIR / PAPERS}
    if isinstance(default_storage, FileSystemStorage):
        folders["media"] = Path(default_storage.location)
    return folders


def are_uploads_on_disk():
    """Whether the archive contains the uploads; those in a bucket are left to the bucket."""
    return "media" in list_folders()


def link_files(target):
    """Add what the folders hold now to the folder `target`, without copying where links work."""
    for name, folder in list_folders().items():
        for source in walk(folder):
            link = target / name / source.relative_to(folder)
            if not link.exists():
                link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                add_link(source, link)


def add_link(source, link):
    """Without what was deleted meanwhile; a copy where the disk is another or refuses links."""
    with suppress(FileNotFoundError):
        try:
            os.link(source, link)
        except FileNotFoundError:
            raise
        except OSError:
            shutil.copy2(source, link)


def walk(folder):
    """The paths of all regular files under the folder; folders may vanish meanwhile."""
    for path, _, names in os.walk(folder):
        yield from (found for name in names if (found := Path(path, name)).is_file())


def find_missing(alias, is_there):
    """The names that rows of the database refer to and of which `is_there(name)` is False.

    None are where the files lie in a bucket, which no archive contains.
    """
    if not are_uploads_on_disk():
        return []
    return sorted({name for name in list_references(alias) if not is_there(name)})


def list_references(alias):
    """Yield the storage names of all files that rows of the database refer to."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and not model._meta.proxy:
                rows = model._base_manager.using(alias).exclude(**{field.name: ""})
                yield from rows.values_list(field.name, flat=True).iterator()
    for list_derived in registry.derived_files:
        yield from list_derived(alias)
