"""The rows of the first release come to this one on PostgreSQL, too, with nothing lost."""

import shutil

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.stress.site import database_url
from tests.test_upgrade import FIRST, UPGRADE, find_lost, load, read_tables, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="test_upgrade.py tries SQLite"),
]
NAME = "first_release"
MAKE_FIRST = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
apps = ["news", "feedback", "college_site", "sessions"]
MigrationExecutor(connection).migrate([
    *((app, "0001_initial") for app in apps),
    ("admin", "0003_logentry_add_action_flag_choices"),
    ("auth", "0012_alter_user_first_name_max_length"),
    ("axes", "0010_accessattemptexpiration"),
])
"""


@pytest.fixture
def address():
    """The URL of an empty database beside that of the tests."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
    yield database_url({**connection.settings_dict, "NAME": NAME})
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {NAME}")


def fill(address, tables):
    """Insert all rows as texts, which PostgreSQL casts to the types of its columns."""
    with psycopg.connect(address) as database:
        for name, rows in tables.items():
            for row in rows.values():
                columns = sql.SQL(", ").join(map(sql.Identifier, row))
                values = sql.SQL(", ").join(sql.Literal(as_text(value)) for value in row.values())
                database.execute(
                    sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                        sql.Identifier(name), columns, values
                    )
                )
            if any("id" in row for row in rows.values()):
                database.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                    [name, max(rows)],
                )


def as_text(value):
    return str(value) if isinstance(value, int | float) else value


def read_rows(address, names):
    """As read_tables() of SQLite."""
    with psycopg.connect(address, row_factory=psycopg.rows.dict_row) as database:
        tables = {}
        for name in names:
            rows = database.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
            tables[name] = {next(iter(row.values())): row for row in rows}
        return tables


def test_the_first_release_comes_to_postgresql_with_nothing_lost(address, tmp_path):
    shutil.copy(FIRST / "receipt_key", tmp_path)
    load(tmp_path / "first.sqlite3")
    tables = read_tables(tmp_path / "first.sqlite3")
    run(tmp_path, "-c", MAKE_FIRST, address=address)
    fill(address, tables)
    before = read_rows(address, tables)
    output = run(tmp_path, "-c", UPGRADE, str(FIRST), address=address)
    assert sum(map(len, before.values())) > 300
    assert find_lost(before, read_rows(address, tables)) == []
    assert "Whole: 47 events" in output
    assert "Genuine: suggestion 2026-1 was accepted" in output
