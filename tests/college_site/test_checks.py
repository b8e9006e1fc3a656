"""What Django's checks say about this machine."""

import sqlite3
from types import SimpleNamespace

import pytest

from college_site import checks


@pytest.fixture
def warned(monkeypatch):
    """The warnings about a version of SQLite, or of another database."""

    def warnings(version, vendor="sqlite"):
        numbers = tuple(int(number) for number in version.split("."))
        monkeypatch.setattr(sqlite3, "sqlite_version", version)
        monkeypatch.setattr(sqlite3, "sqlite_version_info", numbers)
        monkeypatch.setattr(checks, "connections", {"default": SimpleNamespace(vendor=vendor)})
        return checks.check_sqlite_version(None, databases=["default"])

    return warnings


@pytest.mark.parametrize("version", ["3.40.1", "3.44.5", "3.45.0", "3.50.6", "3.51.2"])
def test_an_old_sqlite_is_named_with_the_remedy(warned, version):
    (warning,) = warned(version)
    assert warning.msg.startswith(f"SQLite: found {version}, expected 3.51.3 or newer")
    assert "DATABASE_URL" in warning.hint


@pytest.mark.parametrize("version", ["3.44.6", "3.44.7", "3.50.7", "3.51.3", "3.52.0", "4.0.0"])
def test_a_mended_sqlite_is_no_reason_to_warn(warned, version):
    assert warned(version) == []


def test_postgresql_is_no_reason_to_warn(warned):
    assert warned("3.40.1", vendor="postgresql") == []


def test_checks_that_ask_no_database_are_silent():
    assert checks.check_sqlite_version(None) == []
