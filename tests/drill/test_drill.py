"""The drill of backup and return passes, and detects what did not return."""

import pytest

from tests import factories
from tests.drill import trial
from tests.module_runs import run_module
from tests.stress.visitor import suggestion


@pytest.mark.slow
def test_a_destroyed_site_returns_from_its_backup(tmp_path):
    result = run_module("tests.drill", "--size", "5", DATA_DIR=str(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.endswith("Everything returned.\n")


@pytest.fixture
def left(tmp_path):
    return trial.Left(tmp_path)


@pytest.mark.django_db
def test_a_suggestion_that_did_not_return_is_detected(left):
    left.acknowledged.append(suggestion(1, "Его здесь нет."))
    [fault] = trial.compare_rows(left)
    assert fault == "suggestion, event, email: found (0, 0, 0), expected (1, 1, 0)"


@pytest.mark.django_db
def test_a_missing_and_a_changed_file_are_detected(left, settings):
    changed, missing = factories.photo(), factories.photo()
    left.hashes = trial.hash_files(settings.MEDIA_ROOT)
    assert list(trial.compare_files(left)) == []
    (settings.MEDIA_ROOT / changed.image.name).write_bytes(b"other")
    (settings.MEDIA_ROOT / missing.image.name).unlink()
    assert list(trial.compare_files(left)) == [
        f"the file {changed.image.name} is another one",
        f"the file {missing.image.name} is missing",
    ]
