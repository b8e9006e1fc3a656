"""What is in an archive of the site, and what is refused."""

import io
import json
from pathlib import Path

import pyrage
import pytest
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connection

from college_site.backup import (
    archives,
    files,
    making,
)
from college_site.backup.databases import FILES
from college_site.models import BackupRun
from tests import factories
from tests.college_site.backup.site import back_up, photo_with_renditions, unpack

on_database = pytest.mark.django_db(transaction=True)


# The archive ------------------------------------------------------------------------------------


@on_database
def test_an_archive_contains_every_file_that_rows_name(settings):
    photo = photo_with_renditions()
    members = unpack(back_up())
    stored = {
        path.relative_to(settings.DATA_DIR).as_posix() for path in files.walk(settings.MEDIA_ROOT)
    }
    assert {name for name in members if name.startswith("media/")} == {*map(str, stored)}
    width = photo.rendition_widths[0]
    assert f"media/{Path(photo.image.name).parent}/{width}.avif" in members
    assert {FILES[connection.vendor], "receipt_key", "settings.json"} <= set(members)


@on_database
def test_the_manifest_names_each_member_with_its_hash_and_all_rows():
    factories.suggestion()
    members = unpack(back_up())
    manifest = json.loads(members.pop("manifest.json"))
    assert set(manifest["files"]) == set(members)
    assert manifest["rows"]["feedback_suggestion"] == 1
    assert manifest["missing"] == []


@on_database
def test_settings_are_in_the_archive_without_secrets(monkeypatch):
    secret = "pass-word-of-the-server"
    monkeypatch.setenv("SECRET_KEY", secret)
    monkeypatch.setenv("EMAIL_URL", f"smtp+tls://portal:{secret}@mail.example.ru:587")
    monkeypatch.setenv("MEDIA_BUCKET", f"s3://key:{secret}@s3.example.ru/files")
    monkeypatch.setenv("SQLITE_COPY", "/mnt/copy")
    monkeypatch.setenv("TIME_ZONE", "Europe/Samara")
    found = unpack(back_up())["settings.json"].decode()
    assert secret not in found
    assert json.loads(found)["EMAIL_URL"] == "smtp+tls://…@mail.example.ru:587"
    assert json.loads(found)["MEDIA_BUCKET"] == "s3://…@s3.example.ru/files"
    assert json.loads(found)["SQLITE_COPY"] == "/mnt/copy"
    assert json.loads(found)["TIME_ZONE"] == "Europe/Samara"


@on_database
def test_nothing_of_an_archive_is_readable_without_the_key(tmp_path):
    factories.suggestion(text="Почините крышу над входом.")
    archive = back_up()
    assert "крышу".encode() not in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(archive.read_bytes(), [pyrage.x25519.Identity.generate()])


@on_database
def test_nothing_is_left_beside_the_archive(settings):
    archive = back_up()
    assert [path.name for path in settings.BACKUP_DIR.iterdir()] == [archive.name]
    assert list(settings.DATA_DIR.glob("backup-*")) == []


@on_database
def test_without_a_key_the_backup_is_refused_and_the_refusal_noted(settings):
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match=r"BACKUP_RECIPIENTS: found none.+backup_key"):
        back_up()
    assert "BACKUP_RECIPIENTS" in BackupRun.objects.get().problem


@on_database
def test_a_folder_without_room_is_told_and_leaves_no_archive(settings, monkeypatch):
    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archives.pyrage, "encrypt_io", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        back_up()
    assert list(settings.BACKUP_DIR.iterdir()) == []


@on_database
def test_two_backups_at_once_are_refused():
    with making.staging_folder(), pytest.raises(CommandError, match="Another backup is running"):
        back_up()


# Rows and files together ------------------------------------------------------------------------


@on_database
def test_a_file_deleted_after_the_snapshot_is_in_the_archive(monkeypatch):
    photo = factories.photo()
    name = photo.image.name
    count_rows = making.count_rows

    def delete_and_count():
        rows = count_rows()
        default_storage.delete(name)
        return rows

    monkeypatch.setattr(making, "count_rows", delete_and_count)
    assert f"media/{name}" in unpack(back_up())


@on_database
def test_a_file_deleted_while_the_snapshot_is_taken_is_in_the_archive(monkeypatch):
    photo = factories.photo()
    name, link = photo.image.name, making.link_files
    calls = []

    def link_and_delete(target):
        link(target)
        calls.append(target)
        default_storage.delete(name)

    monkeypatch.setattr(making, "link_files", link_and_delete)
    assert f"media/{name}" in unpack(back_up())
    assert len(calls) == 2


@on_database
def test_files_added_during_the_backup_are_in_it(monkeypatch):
    link, photos = making.link_files, []

    def link_and_add(target):
        link(target)
        photos.append(factories.photo())

    monkeypatch.setattr(making, "link_files", link_and_add)
    members = unpack(back_up())
    assert f"media/{photos[0].image.name}" in members
    manifest = json.loads(members["manifest.json"])
    assert (manifest["rows"]["news_photo"], manifest["missing"]) == (1, [])


@on_database
def test_a_file_lost_before_does_not_prevent_the_backup():
    photo = factories.photo()
    default_storage.delete(photo.image.name)
    members = unpack(back_up())
    assert json.loads(members["manifest.json"])["missing"] == [photo.image.name]
    assert "1 files" in BackupRun.objects.get().problem


def test_files_on_another_disk_are_copied(settings, tmp_path, monkeypatch):
    def refuse(source, target):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(files.os, "link", refuse)
    default_storage.save("photos/a/master.jpg", io.BytesIO(b"picture"))
    files.link_files(tmp_path / "target")
    assert (tmp_path / "target/media/photos/a/master.jpg").read_bytes() == b"picture"
