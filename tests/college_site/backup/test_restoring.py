"""Archives are verified, damage is noticed, nothing is overwritten."""

import io
import tarfile
from types import SimpleNamespace

import pyrage
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from college_site.backup import (
    archives,
    databases,
    files,
    keys,
    making,
    restoring,
    verifying,
)
from college_site.models import BackupRun
from tests import factories
from tests.college_site.backup.site import KEY, back_up, drill

on_database = pytest.mark.django_db(transaction=True)


# Verification -----------------------------------------------------------------------------------


@on_database
def test_the_drill_opens_the_archive_with_the_key_of_the_college(identity):
    factories.photo()
    assert drill(back_up(), identity).startswith("Whole: ")
    assert BackupRun.objects.filter(kind="drill", problem="").count() == 1


@on_database
def test_a_damaged_archive_is_noticed_and_noted(identity):
    archive = back_up()
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    archive.write_bytes(content)
    with pytest.raises(CommandError, match="damaged archive"):
        drill(archive, identity)
    assert "damaged" in BackupRun.objects.get(kind="drill").problem


@on_database
def test_a_truncated_archive_is_noticed(identity):
    archive = back_up()
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(CommandError, match="damaged archive"):
        drill(archive, identity)


@on_database
def test_the_wrong_key_is_told_from_damage(tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(CommandError, match="the one that the college keeps"):
        drill(back_up(), str(other))


@on_database
def test_an_archive_that_lacks_a_row_or_a_file_is_never_stored(settings, monkeypatch):
    factories.photo()
    monkeypatch.setattr(making, "count_rows", lambda: {"news_photo": 2})
    with pytest.raises(CommandError, match="news_photo has 1 rows, expected 2"):
        back_up()
    monkeypatch.undo()
    settings.BACKUP_RECIPIENTS = [str(KEY.to_public())]
    monkeypatch.setattr(making, "link_files", lambda target: None)
    monkeypatch.setattr(making, "find_missing", lambda *args: [])
    with pytest.raises(CommandError, match="is missing, which a row names"):
        back_up()


def test_members_that_leave_the_folder_are_refused(tmp_path):
    archive = tmp_path / "portal.tar.age"
    with (
        archives.encrypt_to(archive, [KEY.to_public()]) as sink,
        tarfile.open(fileobj=sink, mode="w|") as tar,
    ):
        tar.addfile(tarfile.TarInfo("media/../../outside"), io.BytesIO())
    with pytest.raises(CommandError, match="no plain file of a backup"):
        archives.read_archive(archive, [KEY], tmp_path / "into", lambda name: True)


def test_a_file_without_a_key_is_refused(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text("# nothing\n")
    with pytest.raises(CommandError, match="AGE-SECRET-KEY-1"):
        keys.load_identities(str(path))


def test_passwords_are_in_no_argument_of_a_program(monkeypatch):
    calls = []
    done = SimpleNamespace(returncode=0)
    monkeypatch.setattr(databases.subprocess, "run", lambda *a, **k: calls.append((a, k)) or done)
    monkeypatch.setattr(databases, "find_program", lambda name: name)
    account = {"NAME": "portal", "PASSWORD": "secret", "HOST": "db", "OPTIONS": {}}
    databases.run_program("pg_dump", [], account)
    [(arguments, options)] = calls
    assert "secret" not in str(arguments)
    assert options["env"]["PGPASSWORD"] == "secret"


def test_programs_of_postgresql_encrypt_as_the_site_does():
    options = {
        "host": "/run",
        "sslmode": "verify-full",
        "sslrootcert": "/ca.pem",
        "options": "-c a=b",
    }
    assert databases.list_variables({"USER": "portal", "HOST": "", "OPTIONS": options}) == {
        "PGUSER": "portal",
        "PGHOST": "/run",
        "PGSSLMODE": "verify-full",
        "PGSSLROOTCERT": "/ca.pem",
    }


# Restoring --------------------------------------------------------------------------------------


@on_database
def test_a_site_with_data_is_not_overwritten(identity):
    archive = back_up()
    with pytest.raises(CommandError, match="The database: found tables, expected an empty one"):
        call_command("restore", str(archive), identity=identity)


@on_database
def test_a_folder_with_files_is_not_overwritten(identity, monkeypatch):
    factories.photo()
    archive = back_up()
    monkeypatch.setattr(restoring, "is_empty", lambda: True)
    with pytest.raises(CommandError, match="media: found files, expected none"):
        call_command("restore", str(archive), identity=identity)


@pytest.mark.django_db
def test_an_archive_of_newer_code_or_another_database_is_refused():
    newer = {"migrations": [["news", "9999_later"]]}
    with pytest.raises(CommandError, match=r"Update the portal first"):
        restoring.check_fit(newer)
    with pytest.raises(CommandError, match=r"The archive is of a site on oracle"):
        verifying.check_kind({"database": "oracle"})


@on_database
def test_uploads_of_an_archive_are_not_lost_beside_a_bucket(identity, monkeypatch):
    factories.photo()
    archive = back_up()
    for module in (files, restoring):
        monkeypatch.setattr(module, "list_folders", dict)
    monkeypatch.setattr(restoring, "is_empty", lambda: True)
    with pytest.raises(CommandError, match="found a bucket, but the archive holds uploads"):
        call_command("restore", str(archive), identity=identity)


@on_database
def test_an_archive_without_uploads_of_a_bucket_is_whole_and_says_so(identity, monkeypatch):
    factories.photo()
    monkeypatch.setattr(files, "list_folders", dict)
    archive = back_up()
    monkeypatch.undo()
    assert drill(archive, identity).startswith("Whole: ")
    monkeypatch.setattr(restoring, "refuse_unless_empty", lambda: None)
    with pytest.raises(CommandError, match="the uploads of this archive lie in a bucket"):
        call_command("restore", str(archive), identity=identity)


def test_another_receipt_key_is_moved_aside_not_deleted(settings, tmp_path):
    own = settings.DATA_DIR / "receipt_key"
    own.write_text("own")
    restored = tmp_path / "receipt_key"
    restored.write_text("restored")
    restoring.restore_key(restored)
    assert own.read_text() == "restored"
    assert (settings.DATA_DIR / restoring.FORMER_KEY).read_text() == "own"
