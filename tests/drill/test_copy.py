"""litestream and the site together: what is destroyed leaves the copy, a moment returns."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.cluster.bucket import serve_bucket
from tests.drill.moments import kill_group, wait_for_copy

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a copy of SQLite"),
]
SECRET = "Иванова живёт в третьей комнате"
DESTROY = "from college_site.sqlite_copy.log import destroy_remains; assert destroy_remains()"


class CopiedSite:
    """A database in a folder that manage.py copies to a place."""

    def __init__(self, folder, place):
        self.folder, self.place = folder, place
        folder.mkdir()

    def start(self, *words):
        environment = {
            **os.environ,
            "LOCAL_RUN": "True",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": "",
            "SQLITE_COPY": self.place,
            "DJANGO_SETTINGS_MODULE": "college_site.settings",
        }
        command = [sys.executable, "-W", "ignore", "manage.py", *words]
        return subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, start_new_session=True
        )

    def run(self, *words):
        assert self.start(*words).wait() == 0

    def execute(self, statement, *values):
        """The rows of a statement that is committed at once."""
        path = self.folder / "db.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as database:
            database.execute("PRAGMA secure_delete=ON")
            return database.execute(statement, values).fetchall()

    def holds(self, words):
        """Whether the files of the database hold them."""
        return any(words.encode() in path.read_bytes() for path in self.folder.glob("db.sqlite3*"))

    @contextmanager
    def copying(self):
        process = self.start("copy_database")
        try:
            yield process
        finally:
            kill_group(process)


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    if request.param == "folder":
        yield str(tmp_path / "copies")
    else:
        with serve_bucket() as address:
            yield address


@pytest.fixture
def site(tmp_path, place):
    site = CopiedSite(tmp_path / "site", place)
    site.execute("PRAGMA journal_mode=WAL")
    site.execute("CREATE TABLE words (word TEXT)")
    return site


def test_what_is_destroyed_leaves_log_and_copy(site, place, tmp_path):
    site.execute("INSERT INTO words VALUES (?), ('stays')", SECRET)
    with site.copying() as copy:
        wait_for_copy(site.folder, copy)
        before = timezone.localtime()
        site.execute("DELETE FROM words WHERE word = ?", SECRET)
        assert site.holds(SECRET)
        site.run("shell", "--no-imports", "-c", DESTROY)
        assert not site.holds(SECRET)
        wait_for_copy(site.folder, copy)
        assert not site.holds(SECRET)
    other = CopiedSite(tmp_path / "other", place)
    assert other.start("restore_copy", f"--moment={before:%Y-%m-%d %H:%M:%S%z}").wait() != 0
    other.run("restore_copy")
    assert other.execute("SELECT word FROM words") == [("stays",)]
    assert not other.holds(SECRET)


def test_a_moment_before_a_mistake_returns(site, place, tmp_path):
    with site.copying() as copy:
        site.execute("INSERT INTO words VALUES ('before')")
        wait_for_copy(site.folder, copy)
        moment = timezone.localtime()
        while timezone.localtime().timestamp() < moment.timestamp() + 11:
            time.sleep(0.5)
        site.execute("DELETE FROM words")
        wait_for_copy(site.folder, copy)
    other = CopiedSite(tmp_path / "other", place)
    other.run("restore_copy", f"--moment={moment:%Y-%m-%d %H:%M:%S%z}")
    assert other.execute("SELECT word FROM words") == [("before",)]
