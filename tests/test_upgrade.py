"""A database and the files of the first release come to this one with nothing lost.

tests/cases/first_release/ was made by the code of the first release on SQLite: all kinds of rows, a
receipt with its key. Its search index is empty, `rebuild_search` fills it.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

FIRST = Path(__file__).parent / "cases" / "first_release"
# What an upgrade adds to, and the token that a rebuilt search index changes.
UNCOMPARED = {"django_migrations", "sqlite_sequence", "college_site_contentversion"}
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
VISIT = """
from django.test import Client
from news.models import Document, Photo, Post
client = Client(HTTP_HOST="localhost")
post = Post.objects.get(title="Открыли мастерскую")
addresses = [post.get_absolute_url(), post.documents.get().get_absolute_url(), "/feedback/answers/"]
for address in [*addresses, *(photo.url for photo in post.photos.all()), "/search/?q=станки"]:
    response = client.get(address)
    print(response.status_code, address)
    if "search" in address:
        print("found" if "Открыли мастерскую" in response.content.decode() else "not found")
"""


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """(folder, output) of a site of the first release after the upgrade."""
    folder = tmp_path_factory.mktemp("upgrade")
    shutil.copytree(FIRST / "media", folder / "media")
    shutil.copy(FIRST / "receipt_key", folder)
    load(folder / "db.sqlite3")
    run(folder, "manage.py", "collectstatic", "--no-input", "--verbosity=0")
    return folder, run(folder, "-c", UPGRADE + VISIT, str(FIRST))


def run(folder, *words, address=""):
    """The output of Python with these arguments, for the site in the folder."""
    own = {"LOCAL_RUN": "True", "DATA_DIR": str(folder), "DATABASE_URL": address}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "college_site.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def load(path):
    with closing(sqlite3.connect(path)) as database:
        database.executescript((FIRST / "database.sql").read_text())


def read_tables(path):
    """{table: {primary key: {column: value}}}"""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = {}
        for [name] in names.fetchall():
            if not name.startswith("news_searchentry") and name not in UNCOMPARED:
                rows = map(dict, database.execute(f'SELECT * FROM "{name}"'))
                tables[name] = {next(iter(row.values())): row for row in rows}
        return tables


def find_lost(before, after):
    """(table, key, column) of each value that is not there any more."""
    return [
        (table, key, column)
        for table, rows in before.items()
        for key, row in rows.items()
        for column in row
        if after.get(table, {}).get(key, {}).get(column, "lost") != row[column]
    ]


def test_every_row_of_the_first_release_has_its_values(upgraded, tmp_path):
    load(tmp_path / "first.sqlite3")
    before = read_tables(tmp_path / "first.sqlite3")
    assert find_lost(before, read_tables(upgraded[0] / "db.sqlite3")) == []


def test_a_lost_row_and_a_changed_value_are_detected():
    before = {"topic": {1: {"id": 1, "title": "Двор"}, 2: {"id": 2, "title": None}}}
    after = {"topic": {1: {"id": 1, "title": "Сад", "order": 0}}}
    assert find_lost(before, after) == [
        ("topic", 1, "title"),
        ("topic", 2, "id"),
        ("topic", 2, "title"),
    ]


def test_every_file_of_the_first_release_is_untouched(upgraded):
    for path in (one for one in (FIRST / "media").rglob("*") if one.is_file()):
        assert (upgraded[0] / "media" / path.relative_to(FIRST / "media")).read_bytes() == (
            path.read_bytes()
        )


def test_history_and_receipt_of_the_first_release_verify(upgraded):
    assert "Whole: 47 events" in upgraded[1]
    assert "Genuine: suggestion 2026-1 was accepted" in upgraded[1]


def test_pages_and_files_of_the_first_release_are_served(upgraded):
    answers = [line.split()[0] for line in upgraded[1].splitlines() if " /" in line]
    assert answers == ["200"] * 6
    assert "\nfound\n" in upgraded[1]
