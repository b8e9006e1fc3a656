"""What Django's checks say about this machine, in `migrate` and `check --database default`."""

import sqlite3

from django.core.checks import Tags, Warning, register
from django.db import connections

# Before these, a checkpoint that meets a writer in another process may damage a database in WAL
# mode, very rarely ("WAL-reset bug", https://sqlite.org/wal.html); Debian 12 has 3.40.1.
FIXED_VERSIONS = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


@register(Tags.database)
def check_sqlite_version(app_configs, databases=None, **kwargs):
    """Warn of a SQLite that may, very rarely, damage the database; nothing on PostgreSQL."""
    used = [alias for alias in databases or () if connections[alias].vendor == "sqlite"]
    if not used or is_fixed(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite: found {sqlite3.sqlite_version}, expected 3.51.3 or newer: older ones may, "
            "very rarely, damage the database when two processes write.",
            hint="Set DATABASE_URL to a PostgreSQL, or run a Python with a newer SQLite; back up.",
            id="college_site.W001",
        )
    ]


def is_fixed(version):
    return version >= FIXED_VERSIONS[-1] or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in FIXED_VERSIONS
    )
