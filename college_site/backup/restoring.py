"""Restores a site from an archive, into an empty place only."""

import base64
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from college_site.backup.archives import read_archive
from college_site.backup.databases import FILES, is_empty, list_migrations, load_dump
from college_site.backup.files import are_uploads_on_disk, list_folders
from college_site.backup.making import KEY
from college_site.backup.verifying import check_database

FORMER_KEY = "receipt_key.before-restore"


def restore_archive(path, identities):
    """Restore everything; returns the manifest. The database comes last: it makes the site."""
    refuse_unless_empty()
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as name:
        folder = Path(name)
        manifest = read_archive(path, identities, folder, lambda name: True)
        check_fit(manifest)
        check_uploads(manifest)
        database = folder / FILES[manifest["database"]]
        check_database(path, database, manifest)
        restore_key(folder / KEY)
        for name, target in list_folders().items():
            move_folder(folder / name, target)
        restore_database(database)
    return manifest


def refuse_unless_empty():
    if not is_empty():
        raise CommandError(
            "The database: found tables, expected an empty one. End the site's services. For "
            "SQLite move db.sqlite3 away; for PostgreSQL create a new database (createdb) and "
            "name it in DATABASE_URL."
        )
    for folder in list_folders().values():
        if folder.is_dir() and any(folder.iterdir()):
            raise CommandError(
                f"{folder}: found files, expected none. Move the folder away, or set DATA_DIR to "
                "an empty one."
            )


def check_fit(manifest):
    """Raise CommandError if this code is older than the archive."""
    known = dict(list_migrations())
    for app, name in manifest["migrations"]:
        if known.get(app, "") < name:
            raise CommandError(
                f"The archive was made by a newer version: found the migration {app} {name}, "
                f"expected at most {known.get(app, 'none')}. Update the portal first."
            )


def check_uploads(manifest):
    """Raise CommandError where uploads would be left out or are expected in vain."""
    is_on_disk = are_uploads_on_disk()
    if not is_on_disk and any(name.startswith("media/") for name in manifest["files"]):
        raise CommandError(
            "MEDIA_BUCKET: found a bucket, but the archive holds uploads of a folder, expected "
            "none. Unset it and restore, copy DATA_DIR/media into the bucket (rclone copy), then "
            "set it again."
        )
    if is_on_disk and not manifest.get("has_uploads", True):
        raise CommandError(
            "MEDIA_BUCKET: found none, but the uploads of this archive lie in a bucket and are not "
            "in it, expected that bucket or a copy of it."
        )


def restore_key(source):
    """Put the archive's key into its place; another one that stands there is kept beside it."""
    key = source.read_text().strip()
    if key == base64.b64encode(settings.RECEIPT_KEY).decode():
        return
    if os.environ.get("RECEIPT_KEY", "").strip():
        raise CommandError(
            "RECEIPT_KEY: found another key than the archive's, expected none. Unset it: the key "
            "of the archive verifies the receipts of its suggestions."
        )
    target = settings.DATA_DIR / "receipt_key"
    with suppress(FileNotFoundError):
        target.rename(target.with_name(FORMER_KEY))
    source.chmod(0o600)
    source.rename(target)


def move_folder(source, target):
    if not source.is_dir():
        return
    for folder in (source, *(one for one in source.rglob("*") if one.is_dir())):
        folder.chmod(settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    if target.is_dir():
        target.rmdir()
    shutil.move(source, target)


def restore_database(source):
    if connection.vendor == "postgresql":
        load_dump(source, connection.settings_dict)
        return
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.move(source, target)
