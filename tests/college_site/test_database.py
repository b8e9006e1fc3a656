"""Database settings: durable commits, limited waiting for locks."""

import pytest
from django.db import connection

from college_site.settings import DATABASES

pytestmark = pytest.mark.django_db

SQLITE = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
}


def answer(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.fixture
def own_connection(tmp_path):
    """A connection with the production settings; tests/settings.py reduces durability."""
    own = connection.copy()
    own.settings_dict |= {**DATABASES["default"], "NAME": str(tmp_path / "own.sqlite3")}
    yield own
    own.close()


@pytest.mark.parametrize("name", SQLITE)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_is_durable_and_waits_five_seconds(own_connection, name):
    with own_connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        assert cursor.fetchone()[0] == SQLITE[name]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_uses_immediate_transactions_and_persistent_connections():
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.settings_dict["CONN_MAX_AGE"] is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own settings")
def test_postgresql_waits_five_seconds_for_a_lock():
    assert answer("SHOW lock_timeout") == "5s"
