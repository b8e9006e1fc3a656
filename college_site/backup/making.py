"""Makes a verified archive of the whole site."""

import base64
import fcntl
import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pyrage
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from college_site.backup.archives import write_archive
from college_site.backup.databases import ALIAS, FILES, count_rows, list_migrations, take_snapshot
from college_site.backup.files import are_uploads_on_disk, find_missing, link_files
from college_site.backup.keeping import make_name
from college_site.backup.keys import list_settings, load_recipients
from college_site.backup.verifying import verify_archive

STAGING = "backup-"  # prefix of temporary folders in DATA_DIR
ATTEMPTS = 5
KEY, SETTINGS = "receipt_key", "settings.json"


def make_archive():
    """Write a verified archive into BACKUP_DIR; returns its path and manifest."""
    recipients = load_recipients()
    # Lets this process alone read the archive back; nothing remembers it afterwards.
    once = pyrage.x25519.Identity.generate()
    path = settings.BACKUP_DIR / make_name(timezone.now())
    partial = path.with_suffix(".partial")
    try:
        with staging_folder() as folder:
            write_archive(partial, folder, gather(folder), [*recipients, once.to_public()])
            shutil.rmtree(folder / "media", ignore_errors=True)
            manifest = verify_archive(partial, [once], folder)
            partial.rename(path)
            sync_folder(path.parent)
    except (OSError, sqlite3.Error, pyrage.EncryptError) as error:
        raise CommandError(
            f"{settings.BACKUP_DIR}: found «{error}», expected room for the archive there and for "
            "a copy of the database in DATA_DIR."
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return path, manifest


@contextmanager
def staging_folder():
    """A folder beside the files, so that links work; one backup at a time."""
    with (settings.DATA_DIR / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError("Another backup is running: wait for its end.") from error
        for left_over in settings.DATA_DIR.glob(f"{STAGING}*/"):
            shutil.rmtree(left_over)
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=STAGING) as folder:
            yield Path(folder)


def gather(folder):
    """Collect everything in the folder; returns the manifest without hashes.

    A file that came and went around the snapshot is missing by chance: the next attempt agrees. One
    that is missing each time was lost before, and the manifest names it.
    """
    for _ in range(ATTEMPTS):
        link_files(folder)
        (folder / FILES[connection.vendor]).unlink(missing_ok=True)
        with take_snapshot(folder, lambda: link_files(folder)):
            missing = find_missing(ALIAS, lambda name: (folder / "media" / name).is_file())
            rows = count_rows()
        if not missing:
            break
    write_private(folder / KEY, base64.b64encode(settings.RECEIPT_KEY))
    content = json.dumps(list_settings(), indent=1, ensure_ascii=False)
    write_private(folder / SETTINGS, content.encode())
    return {
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "migrations": list_migrations(),
        "rows": rows,
        "missing": missing,
        "has_uploads": are_uploads_on_disk(),
    }


def write_private(path, content):
    path.touch(mode=0o600)
    path.write_bytes(content)


def sync_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
