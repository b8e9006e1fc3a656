"""The keeper learns of backups that are missing, late, failed or never tried."""

from datetime import timedelta

import pytest
from django.utils import timezone

from college_site.backup import files
from college_site.models import BackupRun
from college_site.status.backups import list_backup_facts

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ran(age, kind="backup", archive="portal.tar.age", problem=""):
    moment = timezone.now() - age
    BackupRun.objects.create(
        kind=kind, finished_at=moment, archive=archive, size=2**21, problem=problem
    )


def backup_and_drill():
    return list_backup_facts()


def test_without_any_backup_the_keeper_is_told_what_to_set():
    backup, drill = backup_and_drill()
    assert "BACKUP_RECIPIENTS" in backup.problem
    assert drill.problem == ""


def test_the_backup_of_last_night_is_no_problem():
    ran(HOUR)
    backup, drill = backup_and_drill()
    assert backup.found.startswith("1\xa0час назад, 2,0\xa0МБ")
    assert (backup.problem, drill.problem) == ("", "")


def test_a_night_without_a_backup_is_a_problem():
    ran(37 * HOUR)
    assert "не было" in backup_and_drill()[0].problem


def test_a_failed_run_is_a_problem_although_an_older_archive_exists():
    ran(2 * HOUR)
    ran(HOUR, archive="", problem="No space left on device")
    backup = backup_and_drill()[0]
    assert "No space left on device" in backup.problem
    assert "2\xa0часа назад" in backup.found


def test_a_run_that_succeeds_after_a_failed_one_ends_the_problem():
    ran(2 * HOUR, archive="", problem="No space left on device")
    ran(HOUR)
    assert backup_and_drill()[0].problem == ""


def test_an_archive_that_was_never_opened_is_a_problem_after_a_week():
    ran(8 * DAY)
    ran(HOUR)
    assert "--drill" in backup_and_drill()[1].problem


def test_a_drill_counts_for_half_a_year():
    ran(400 * DAY)
    ran(179 * DAY, kind="drill")
    assert backup_and_drill()[1].problem == ""
    BackupRun.objects.filter(kind="drill").update(finished_at=timezone.now() - 181 * DAY)
    assert "--drill" in backup_and_drill()[1].problem


def test_a_failed_drill_counts_for_none():
    ran(8 * DAY)
    ran(DAY, kind="drill", problem="damaged")
    assert backup_and_drill()[1].problem != ""


def test_an_archive_on_the_disk_of_the_site_is_told(settings, tmp_path):
    settings.DATA_DIR = settings.BACKUP_DIR = tmp_path
    ran(HOUR)
    assert "на одном диске с сайтом" in backup_and_drill()[0].found


def test_uploads_in_a_bucket_that_no_archive_holds_are_told(monkeypatch):
    monkeypatch.setattr(files, "list_folders", dict)
    ran(HOUR)
    assert "без файлов: они в бакете" in backup_and_drill()[0].found
