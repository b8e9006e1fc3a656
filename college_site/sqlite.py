"""What SQLite does otherwise: LIKE that knows Cyrillic letters, a log without deleted rows.

Its own LIKE knows upper and lower case of Latin letters only.
"""

import re
from functools import lru_cache

from django.db import connection as default_connection
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from college_site.russian.folding import make_skeleton


@receiver(connection_created)
def register_functions(sender, connection, **kwargs):
    """Make `icontains` and `resembles`, the admin's search, find what PostgreSQL finds."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("like", 3, like, deterministic=True)
        connection.connection.create_function("make_skeleton", 1, make_skeleton)


def like(pattern, value, escape):
    """`value LIKE pattern ESCAPE escape` in the manner of SQL: 1, 0 or None."""
    if pattern is None or value is None:
        return None
    return int(compile_pattern(str(pattern), escape).fullmatch(str(value)) is not None)


@lru_cache(maxsize=256)
def compile_pattern(pattern, escape):
    """The regular expression of a LIKE pattern: % is any text, _ any character."""
    parts, characters = [], iter(pattern)
    for character in characters:
        if character == escape:
            parts.append(re.escape(next(characters, escape)))
        else:
            parts.append({"%": ".*", "_": "."}.get(character) or re.escape(character))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def truncate_wal():
    """Empty the write-ahead log, which holds deleted rows until it is overwritten.

    Call it outside of transactions. PostgreSQL is left alone.
    """
    if default_connection.vendor == "sqlite":
        with default_connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchone()
