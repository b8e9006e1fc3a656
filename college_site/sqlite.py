"""SQLite: a LIKE for Cyrillic letters, statistics for its plans, a log without deleted rows."""

import re
from functools import lru_cache

from django.db import connection as default_connection
from django.db.backends.signals import connection_created
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.dispatch import receiver
from django.utils import timezone

from college_site.russian.folding import make_skeleton

ANALYSIS_LIMIT = 100_000  # rows of each index; few of them make a common state look rare

# With trusted_schema=OFF SQLite before 3.41 refuses the check of a JSONField as an "unsafe use of
# JSON_VALID()". Django itself writes nothing but JSON.
DatabaseWrapper.data_type_check_constraints.pop("JSONField")


@receiver(connection_created)
def register_functions(sender, connection, **kwargs):
    """Make `icontains` and `resembles`, which the admin's search uses, work as on PostgreSQL."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("like", 3, like, deterministic=True)
        connection.connection.create_function("make_skeleton", 1, make_skeleton)


def like(pattern, value, escape):
    """`value LIKE pattern ESCAPE escape` with SQL semantics: 1, 0 or None."""
    if pattern is None or value is None:
        return None
    return int(compile_pattern(str(pattern), escape).fullmatch(str(value)) is not None)


@lru_cache(maxsize=256)
def compile_pattern(pattern, escape):
    """Translate a LIKE pattern to a regular expression: % is any text, _ any character."""
    parts, characters = [], iter(pattern)
    for character in characters:
        if character == escape:
            parts.append(re.escape(next(characters, escape)))
        else:
            parts.append({"%": ".*", "_": "."}.get(character) or re.escape(character))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def truncate_wal():
    """Empty the write-ahead log, which holds deleted rows until it is overwritten.

    Call it outside of transactions. PostgreSQL is left alone. Returns False if a reader held on to
    the log for longer than the busy timeout.
    """
    if default_connection.vendor == "sqlite":
        with default_connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = cursor.fetchone()
            return not is_busy
    return True


def analyze():
    """Gather the statistics by which SQLite chooses its plans; PostgreSQL does so by itself.

    Because of the limit it is quick, and no values of rows are stored as samples (sqlite_stat4),
    which would outlive the destruction of personal data.
    """
    if default_connection.vendor == "sqlite":
        with default_connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ANALYSIS_LIMIT}")
            cursor.execute("ANALYZE")


class DailyAnalysis:
    def __init__(self):
        self.done_on = None

    def analyze_daily(self):
        """The worker's job: analyze() when it starts and each day; returns False: no work left."""
        today = timezone.localdate()
        if self.done_on != today:
            analyze()
            self.done_on = today
        return False
