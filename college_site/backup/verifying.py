"""Verifies an archive by restoring its database beside the site and hashing its files."""

import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection, connections

from college_site.backup.archives import damaged, read_archive
from college_site.backup.databases import (
    ALIAS,
    FILES,
    find_damage,
    list_migrations,
    open_restored,
)
from college_site.backup.files import find_missing


def verify_archive(path, identities, scratch):
    """Raise CommandError unless the archive could be restored; returns its manifest.

    Its files are read and hashed, but written nowhere: the disk needs room for the database alone.
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix="verify-") as folder:
        manifest = read_archive(path, identities, Path(folder), lambda name: name in FILES.values())
        check_database(path, Path(folder) / FILES[manifest["database"]], manifest)
    return manifest


def check_database(path, file, manifest):
    """Raise CommandError unless the restored database is whole and has all of its files."""
    check_kind(manifest)
    with open_restored(file) as is_open:
        if not is_open:
            return
        if reason := find_damage() or compare_rows(manifest) or compare_files(manifest):
            raise damaged(path, reason)


def check_kind(manifest):
    """Raise CommandError if the archive is of the other kind of database."""
    found = manifest["database"]
    if found != connection.vendor:
        needed = {"sqlite": "an empty DATABASE_URL", "postgresql": "DATABASE_URL=postgres://…"}
        raise CommandError(
            f"The archive is of a site on {found}, this one is on {connection.vendor}. "
            f"Set {needed.get(found, 'another DATABASE_URL')}."
        )


def compare_rows(manifest):
    """The first table with another number of rows, as a sentence; "" if all agree."""
    with connections[ALIAS].cursor() as cursor:
        for table, expected in manifest["rows"].items():
            cursor.execute(f"SELECT COUNT(*) FROM {connections[ALIAS].ops.quote_name(table)}")
            [count] = cursor.fetchone()
            if count != expected:
                return f"{table} has {count} rows, expected {expected}"
    return ""


def compare_files(manifest):
    """The first file that a row names and the archive lacks, as a sentence; "" if none.

    The rows of another version are left alone: that one compared them when it made the archive.
    """
    if manifest["migrations"] != list_migrations() or not manifest.get("has_uploads", True):
        return ""
    missing = find_missing(ALIAS, lambda name: f"media/{name}" in manifest["files"])
    lost = sorted(set(missing) - set(manifest["missing"]))
    return f"the file {lost[0]} is missing, which a row names" if lost else ""
