"""The system check of the SQLite version."""

import sqlite3
from types import SimpleNamespace

import pytest

from college_site import checks


@pytest.fixture
def read_warnings(monkeypatch):
    """A function that returns the warnings for a version of SQLite or for another database."""

    def warnings(version, vendor="sqlite"):
        numbers = tuple(int(number) for number in version.split("."))
        monkeypatch.setattr(sqlite3, "sqlite_version", version)
        monkeypatch.setattr(sqlite3, "sqlite_version_info", numbers)
        monkeypatch.setattr(checks, "connections", {"default": SimpleNamespace(vendor=vendor)})
        return checks.check_sqlite_version(None, databases=["default"])

    return warnings


@pytest.mark.parametrize("version", ["3.40.1", "3.44.5", "3.45.0", "3.50.6", "3.51.2"])
def test_an_outdated_sqlite_causes_a_warning_with_a_hint(read_warnings, version):
    (warning,) = read_warnings(version)
    assert warning.msg.startswith(f"SQLite: found {version}, expected 3.51.3 or newer")
    assert "DATABASE_URL" in warning.hint


@pytest.mark.parametrize("version", ["3.44.6", "3.44.7", "3.50.7", "3.51.3", "3.52.0", "4.0.0"])
def test_a_fixed_sqlite_causes_no_warning(read_warnings, version):
    assert read_warnings(version) == []


def test_postgresql_causes_no_warning(read_warnings):
    assert read_warnings("3.40.1", vendor="postgresql") == []


def test_checks_without_a_database_cause_no_warning():
    assert checks.check_sqlite_version(None) == []
