"""Folders of their own for each test of the backup."""

import pytest

from tests.college_site.backup.site import KEY


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_RECIPIENTS = [str(KEY.to_public())]
    for folder in (settings.DATA_DIR, settings.BACKUP_DIR):
        folder.mkdir()


@pytest.fixture
def identity(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# public key: {KEY.to_public()}\n{KEY}\n")
    return str(path)
