"""Leaves nothing of former rows in PostgreSQL's files, which VACUUM alone does not do."""

import time

from django.db import connection

LONGEST_WAIT = 60  # seconds
LOOK = 0.1  # seconds between two looks
# An older transaction may still see former rows: the server would copy them into the new file.
OLDER = """
    SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
    AND greatest(age(backend_xid), age(backend_xmin)) > age(%s::xid)
"""


def rewrite_tables(tables):
    """Rewrite the files of the tables, given by names, and of what the server samples of them.

    Each table is locked for reading, too, while it is rewritten. `pg_statistic` holds samples of
    values; the owner of the database may rewrite it. Those of a table without any row stay until it
    has some again. Raises TimeoutError if an older transaction does not end within LONGEST_WAIT,
    OperationalError if a table is in use for longer than the lock timeout.
    """
    with connection.cursor() as cursor:
        wait_for_older_transactions(cursor)
        for table in tables:
            cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
        wait_for_older_transactions(cursor)
        cursor.execute("VACUUM FULL pg_statistic")


def wait_for_older_transactions(cursor):
    """Return once all transactions that see what was deleted until now have ended."""
    cursor.execute("SELECT pg_current_xact_id()::xid::text")
    [own] = cursor.fetchone()
    deadline = time.monotonic() + LONGEST_WAIT
    while count_older(cursor, own):
        if time.monotonic() > deadline:
            raise TimeoutError(f"a transaction older than {own} is open")
        time.sleep(LOOK)


def count_older(cursor, own):
    cursor.execute(OLDER, [own])
    return cursor.fetchone()[0]
