"""The rows of the first release come to this one on PostgreSQL, too, with nothing lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests.stress.site import database_url
from tests.test_upgrade import FIRST, UNCOMPARED, find_lost, load

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
UPGRADE = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("rebuild_search")
call_command("verify_history")
first = sys.argv[1]
call_command("verify_receipt", f"{first}/receipt.txt", text=f"{first}/receipt.text")
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


def run(script, folder, address, *arguments):
    own = {"LOCAL_RUN": "True", "DATA_DIR": str(folder), "DATABASE_URL": address}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "college_site.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def read_first(path):
    """{table: rows} of the first release, each row as {column: value}."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')]
            for [name] in names
            if name not in UNCOMPARED and not name.startswith("news_searchentry")
        }


def fill(address, tables):
    """Insert all rows as texts, which PostgreSQL casts to the types of its columns."""
    with psycopg.connect(address) as database:
        for name, rows in tables.items():
            for row in rows:
                columns = sql.SQL(", ").join(map(sql.Identifier, row))
                values = sql.SQL(", ").join(sql.Literal(as_text(value)) for value in row.values())
                database.execute(
                    sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                        sql.Identifier(name), columns, values
                    )
                )
            if rows and "id" in rows[0]:
                database.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                    [name, max(row["id"] for row in rows)],
                )


def as_text(value):
    return str(value) if isinstance(value, int | float) else value


def read_tables(address, names):
    """{table: {primary key: {column: value}}}"""
    with psycopg.connect(address, row_factory=psycopg.rows.dict_row) as database:
        tables = {}
        for name in names:
            rows = database.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
            tables[name] = {next(iter(row.values())): row for row in rows}
        return tables


def test_the_first_release_comes_to_postgresql_with_nothing_lost(address, tmp_path):
    shutil.copy(FIRST / "receipt_key", tmp_path)
    load(tmp_path / "first.sqlite3")
    tables = read_first(tmp_path / "first.sqlite3")
    run(MAKE_FIRST, tmp_path, address)
    fill(address, tables)
    before = read_tables(address, tables)
    output = run(UPGRADE, tmp_path, address, str(FIRST))
    assert sum(map(len, before.values())) > 300
    assert find_lost(before, read_tables(address, tables)) == []
    assert "Whole: 47 events" in output
    assert "Genuine: suggestion 2026-1 was accepted" in output
