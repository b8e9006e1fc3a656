"""System check of the SQLite version, run by `migrate` and `check --database default`."""

import sqlite3

from django.core.checks import Tags, Warning, register
from django.db import connections

# In older versions a checkpoint concurrent with a writer in another process can, very rarely,
# corrupt a database in WAL mode ("WAL-reset bug", https://sqlite.org/wal.html). Debian 12 has
# 3.40.1.
FIXED_VERSIONS = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


@register(Tags.database)
def check_sqlite_version(app_configs, databases=None, **kwargs):
    """Warn about SQLite versions that can corrupt the database."""
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
