"""Every wrong variable is named, with what was found, what was expected and what to do."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from college_site import environment

KEY = "k" * 50


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    monkeypatch.delenv("NAME", raising=False)


@pytest.fixture
def setting(monkeypatch):
    """A function that sets the variable NAME."""
    return lambda value: monkeypatch.setenv("NAME", value)


def refusal(reader, **options):
    """The line with which a reader refuses the variable NAME."""
    with pytest.raises(ImproperlyConfigured) as caught:
        reader("NAME", **options)
    return str(caught.value)


def test_text_loses_its_surrounding_spaces(setting):
    setting("  Europe/Moscow ")
    assert environment.text("NAME", "Europe/Saratov") == "Europe/Moscow"


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_variable_is_an_unset_one(setting, empty):
    setting(empty)
    assert environment.text("NAME", "default") == "default"
    assert environment.flag("NAME", default=True) is True
    assert environment.whole_number("NAME", default=3) == 3
    assert environment.words("NAME", default=["a"]) == ["a"]


@pytest.mark.parametrize(("value", "meaning"), [("True", True), ("False", False), (" True ", True)])
def test_a_flag_is_true_or_false(setting, value, meaning):
    setting(value)
    assert environment.flag("NAME", default=not meaning) is meaning


@pytest.mark.parametrize("value", ["yes", "1", "true", "FALSE", "on", "да"])
def test_any_other_flag_is_refused(setting, value):
    setting(value)
    assert refusal(environment.flag, default=False) == (
        f"NAME: found {value!r}, expected True or False. Set NAME=True or NAME=False."
    )


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("5", 5), (" 3 ", 3)])
def test_a_whole_number_is_within_its_limits(setting, value, number):
    setting(value)
    assert environment.whole_number("NAME", default=1, most=5) == number


@pytest.mark.parametrize("value", ["6", "-1", "1.5", "one", "٣", "²", "9" * 5000])
def test_any_other_number_is_refused(setting, value):
    setting(value)
    assert refusal(environment.whole_number, default=1, most=5) == (
        f"NAME: found {value!r}, expected a number from 0 to 5. Set NAME=1."
    )


def test_words_are_parted_by_commas_and_empty_ones_left_out(setting):
    setting(" college.example, ,www.college.example,")
    assert environment.words("NAME") == ["college.example", "www.college.example"]


def test_no_words_are_an_empty_list():
    assert environment.words("NAME") == []


def test_a_missing_folder_is_made(setting, tmp_path):
    setting(str(tmp_path / "new" / "folder"))
    folder = environment.folder("NAME", default="unused")
    assert folder == tmp_path / "new" / "folder"
    assert folder.is_dir()


def test_a_folder_is_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert environment.folder("NAME", default="var") == tmp_path / "var"


def test_a_folder_that_cannot_be_made_is_refused(setting, tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "folder"
    setting(str(path))
    assert refusal(environment.folder, default="unused") == (
        f"NAME: found {str(path)!r}, expected a writable folder. "
        "Make it, or set NAME to a folder this user may write to (Not a directory)."
    )


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgres_address_is_taken_apart(setting, scheme):
    setting(f"{scheme}://user:p%40ss@db.example:5433/portal")
    found = environment.database("NAME", default="sqlite:///unused")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("user", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "portal")


def test_the_default_database_is_a_file(tmp_path):
    path = tmp_path / "db.sqlite3"
    found = environment.database("NAME", default=f"sqlite:///{path}")
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", str(path))


@pytest.mark.parametrize("value", ["mysql://user:secret@host/name", "secret"])
def test_any_other_database_is_refused_without_its_password(setting, value):
    setting(value)
    line = refusal(environment.database, default="sqlite:///unused")
    assert line.startswith(f"NAME: found {value.partition(':')[0]!r}, expected an address that")
    assert line.endswith("Set NAME=postgres://user:password@host:5432/database, or leave it empty.")
    assert "user:secret" not in line


def test_a_secret_key_of_fifty_characters_is_taken(setting):
    setting(KEY)
    assert environment.secret_key("NAME", local_file=None) == KEY


def test_a_short_secret_key_is_refused_and_not_shown(setting, tmp_path):
    setting("hunter2")
    for local_file in (None, tmp_path / "key"):
        assert refusal(environment.secret_key, local_file=local_file) == (
            "NAME: found '7 characters', expected at least 50 random characters. "
            "Make one as .env.example shows."
        )


def test_production_needs_a_secret_key():
    assert refusal(environment.secret_key, local_file=None) == (
        "NAME: found '', expected a secret key, because this is not a local run. "
        "Make one as .env.example shows and keep it secret."
    )


def test_a_local_run_makes_its_key_once_for_its_owner_only(tmp_path):
    path = tmp_path / "secret_key"
    key = environment.secret_key("NAME", local_file=path)
    assert len(key) >= environment.MINIMUM_KEY_LENGTH
    assert environment.secret_key("NAME", local_file=path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_signing_key_is_thirty_two_bytes_in_base64(setting):
    setting(base64.b64encode(b"k" * 32).decode())
    assert environment.signing_key("NAME", file=None) == b"k" * 32


def test_without_one_it_is_made_once_for_its_owner_only(tmp_path):
    file = tmp_path / "receipt_key"
    first = environment.signing_key("NAME", file=file)
    assert environment.signing_key("NAME", file=file) == first
    assert len(first) == 32
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_signing_key_is_refused_and_not_shown(tmp_path):
    file = tmp_path / "receipt_key"
    file.write_text("half a key")
    with pytest.raises(ImproperlyConfigured, match="32 bytes in base64") as refusal:
        environment.signing_key("NAME", file=file)
    assert str(file) in str(refusal.value)
    assert "half" not in str(refusal.value)


def test_processes_that_make_a_key_at_once_agree_on_one(tmp_path):
    file = tmp_path / "key"
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: environment.kept_key(file), range(64)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
