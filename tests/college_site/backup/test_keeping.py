"""Which archives stay: of seven days, four weeks and twelve months."""

from datetime import UTC, datetime, timedelta

import pyrage
import pytest
from django.core.management import call_command

from college_site.backup import keeping, keys

on_database = pytest.mark.django_db(transaction=True)


def make_archives(folder, count):
    """An empty archive for each of so many nights."""
    start = datetime(2026, 11, 29, 3, tzinfo=UTC)
    for number in range(count):
        (folder / keeping.make_name(start - timedelta(days=number))).touch()


def list_days(folder):
    return [keeping.read_moment(path).date().isoformat() for path in keeping.list_archives(folder)]


def test_seven_days_four_weeks_and_twelve_months_stay(tmp_path):
    make_archives(tmp_path, 500)
    keeping.prune(tmp_path)
    days = list_days(tmp_path)
    assert days[:7] == [f"2026-11-{day}" for day in range(29, 22, -1)]
    assert days[7:10] == ["2026-11-22", "2026-11-15", "2026-11-08"]
    assert days[10:] == [
        "2026-10-31",
        "2026-09-30",
        "2026-08-31",
        "2026-07-31",
        "2026-06-30",
        "2026-05-31",
        "2026-04-30",
        "2026-03-31",
        "2026-02-28",
        "2026-01-31",
        "2025-12-31",
    ]


def test_old_archives_stay_when_no_new_ones_come(tmp_path):
    make_archives(tmp_path, 5)
    assert keeping.prune(tmp_path) == 0


def test_other_files_of_the_folder_are_left_alone(tmp_path):
    make_archives(tmp_path, 40)
    others = [tmp_path / name for name in ("portal-notes.txt", "portal-20200101T000000Z.tar")]
    for path in others:
        path.touch()
    keeping.prune(tmp_path)
    assert all(path.exists() for path in others)


def test_a_password_among_the_options_of_an_address_is_hidden():
    address = "postgres:///portal?host=/run/postgresql&password=secret"
    assert keys.hide_password(address) == "postgres://…@/portal"
    assert keys.hide_password("/mnt/copy") == "/mnt/copy"


def test_the_key_of_the_college_fits_the_public_one(capsys):
    call_command("backup_key")
    printed = capsys.readouterr()
    [key] = [line for line in printed.out.splitlines() if keys.is_key(line)]
    public = pyrage.x25519.Identity.from_str(key).to_public()
    assert f"BACKUP_RECIPIENTS={public}\n" in printed.err
    assert key not in printed.err
