"""The copy of SQLite: who waits for whom, which generations go, what the keeper is told."""

import datetime
import json
import os
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from college_site import environment
from college_site.sqlite_copy import copying, generations, log
from college_site.sqlite_copy.litestream import write_configuration
from college_site.status.copies import list_copy_facts

BUCKET = "s3://key:secret@s3.example.com/copies?region=ru-1"
HOUR = datetime.timedelta(hours=1)
LONGEST_SOCKET = 108  # bytes of a path, on Linux
SQLITE = {"ENGINE": "django.db.backends.sqlite3"}
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql"}


@pytest.fixture
def place(settings, tmp_path):
    """The folder that SQLITE_COPY names."""
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "copies"
    folder.mkdir()
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder)},
    }
    settings.SQLITE_COPY = storage
    settings.STORAGES = {**settings.STORAGES, "sqlite_copy": storage}
    return folder


def read_place(monkeypatch, value, database=SQLITE):
    monkeypatch.setenv("SQLITE_COPY", value)
    return environment.copy_place("SQLITE_COPY", database=database)


def test_the_copy_goes_nowhere_into_a_folder_or_a_bucket(monkeypatch, tmp_path):
    assert read_place(monkeypatch, "") is None
    assert read_place(monkeypatch, str(tmp_path))["OPTIONS"] == {"location": str(tmp_path)}
    assert read_place(monkeypatch, BUCKET)["OPTIONS"]["bucket_name"] == "copies"


def test_a_copy_beside_postgresql_is_refused(monkeypatch, tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"Leave SQLITE_COPY empty: PostgreSQL"):
        read_place(monkeypatch, str(tmp_path), POSTGRESQL)


# The log ------------------------------------------------------------------------------------------


def test_the_socket_fits_however_deep_the_data_lie(place, settings):
    settings.DATA_DIR /= "d" * 100
    settings.DATA_DIR.mkdir()
    content = json.loads(Path(write_configuration("first")).read_text())
    assert len(content["socket"]["path"]) < LONGEST_SOCKET


@pytest.fixture
def emptied(monkeypatch):
    """How often the log was emptied."""
    times = []
    monkeypatch.setattr(log, "truncate_wal", lambda: times.append(1) or True)
    monkeypatch.setattr(log, "STOP_WITHIN", 0)
    return times


def test_without_a_copy_the_log_is_emptied_at_once(emptied):
    log.empty_log()
    assert log.destroy_remains()
    assert len(emptied) == 2


def test_what_expires_by_itself_does_not_disturb_the_copy(place, emptied):
    with log.locked(log.COPYING, within=0):
        log.empty_log()
    assert emptied == []
    log.empty_log()
    assert emptied == [1]


def test_a_destruction_fails_while_the_copy_does_not_end(place, emptied):
    with log.locked(log.COPYING, within=0):
        assert not log.destroy_remains()
    assert emptied == []
    assert log.read_time(log.FORGET)
    assert log.destroy_remains()


def test_the_copy_sees_that_somebody_waits_for_it(place, monkeypatch):
    seen = []
    monkeypatch.setattr(log, "truncate_wal", lambda: seen.append(log.is_asked_for()))
    log.destroy_remains()
    assert seen == [True]
    assert not log.is_asked_for()


# Generations --------------------------------------------------------------------------------------


def add_generation(place, moment):
    name = generations.make_name(moment)
    (place / name / "ltx" / "0").mkdir(parents=True)
    (place / name / "ltx" / "0" / "first.ltx").write_bytes(b"rows")
    return name


def test_generations_stay_for_a_day_after_their_end(place):
    now = timezone.now()
    ages = (40, 30, 23, 1)
    _, *kept = [add_generation(place, now - hours * HOUR) for hours in ages]
    (place / "lost+found").mkdir()
    generations.prune(now, forget_before=now - 100 * HOUR)
    assert generations.list_generations() == kept
    assert (place / "lost+found").is_dir()


def test_generations_from_before_a_destruction_are_deleted(place):
    now = timezone.now()
    add_generation(place, now - 2 * HOUR)
    newest = add_generation(place, now)
    generations.prune(now, forget_before=now - HOUR)
    assert [path.name for path in place.iterdir()] == [newest]


def test_the_newest_generation_stays_in_any_case(place):
    name = add_generation(place, timezone.now() - 90 * HOUR)
    generations.prune(timezone.now(), forget_before=timezone.now())
    assert generations.list_generations() == [name]


@pytest.fixture
def generation(place):
    """One that began a moment ago, without litestream."""
    generation = copying.Generation(lock=None)
    generation.began_at = timezone.now()
    return generation


def test_a_generation_ends_after_six_hours(generation):
    assert not generation.is_over()
    generation.began_at -= 7 * HOUR
    assert generation.is_over()


def test_a_generation_ends_when_somebody_waits_or_destroyed_data(generation):
    with log.locked(log.ASKED, within=0):
        assert generation.is_over()
    assert not generation.is_over()
    generation.began_at -= HOUR
    (log.working_folder() / log.FORGET).touch()
    assert generation.is_over()


def test_a_copy_whose_forerunners_cannot_be_deleted_is_not_whole(generation, monkeypatch):
    monkeypatch.setattr(copying, "prune", lambda *_: 1 / 0)
    generation.settle()
    assert log.measure_age() is None
    monkeypatch.undo()
    generation.settle()
    assert log.read_time(log.WHOLE)


# What people are told -----------------------------------------------------------------------------


def seen_whole(age):
    path = log.working_folder() / log.WHOLE
    path.touch()
    os.utime(path, (time.time() - age,) * 2)


def test_without_a_copy_the_keeper_is_told_nothing():
    assert list_copy_facts() == []


def test_a_copy_that_never_was_whole_is_a_problem(place):
    [fact] = list_copy_facts()
    assert fact.found == "ещё не готова"
    assert "portal-copy" in fact.problem


@pytest.mark.parametrize(
    ("age", "words"),
    [(1.5, "1\xa0секунду"), (5.5, "5\xa0секунд"), (21.5, "21\xa0секунду")],
)
def test_a_fresh_copy_is_no_problem(place, age, words):
    seen_whole(age)
    [fact] = list_copy_facts()
    assert fact.found.startswith(f"полна {words} назад; лежит на одном диске")
    assert fact.problem == ""


def test_a_copy_older_than_a_minute_is_a_problem(place):
    seen_whole(130)
    [fact] = list_copy_facts()
    assert fact.found.startswith("полна 2\xa0минуты назад")
    assert "systemctl restart portal-copy" in fact.problem


@pytest.mark.django_db
def test_a_copy_is_restored_into_an_empty_database_only(place):
    with pytest.raises(CommandError, match="found tables, expected an empty one"):
        call_command("restore_copy")


@pytest.mark.parametrize("command", ["copy_database", "restore_copy"])
def test_commands_without_a_place_say_what_to_set(command):
    with pytest.raises(CommandError, match="SQLITE_COPY: found none"):
        call_command(command)


def test_a_moment_that_is_none_is_refused(place):
    with pytest.raises(CommandError, match="expected a moment as 2026-11-29"):
        call_command("restore_copy", "--moment", "вчера")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a copy of SQLite")
def test_an_empty_place_has_nothing_to_restore(place, monkeypatch):
    monkeypatch.setattr("college_site.sqlite_copy.restoring.is_empty", lambda: True)
    with pytest.raises(CommandError, match="Found nothing to restore in SQLITE_COPY"):
        call_command("restore_copy")
