"""Errors of invalid variables: what was found, what was expected, what to do."""

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
    """The error message of a reader for the variable NAME."""
    with pytest.raises(ImproperlyConfigured) as caught:
        reader("NAME", **options)
    return str(caught.value)


def test_surrounding_spaces_are_stripped(setting):
    setting("  Europe/Moscow ")
    assert environment.text("NAME", "Europe/Saratov") == "Europe/Moscow"


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_variable_counts_as_unset(setting, empty):
    setting(empty)
    assert environment.text("NAME", "default") == "default"
    assert environment.flag("NAME", default=True) is True
    assert environment.whole_number("NAME", default=3, maximum=5) == 3
    assert environment.host_names("NAME", default=["a"]) == ["a"]


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
    assert environment.whole_number("NAME", default=1, maximum=5) == number


@pytest.mark.parametrize("value", ["6", "-1", "1.5", "one", "٣", "²", "9" * 5000])
def test_any_other_number_is_refused(setting, value):
    setting(value)
    assert refusal(environment.whole_number, default=1, maximum=5) == (
        f"NAME: found {value!r}, expected a number from 0 to 5. Set NAME=1."
    )


def test_a_missing_folder_is_created(setting, tmp_path):
    setting(str(tmp_path / "new" / "folder"))
    folder = environment.folder("NAME", default="unused")
    assert folder == tmp_path / "new" / "folder"
    assert folder.is_dir()
    assert stat.S_IMODE(folder.stat().st_mode) & 0o027 == 0


def test_a_folder_is_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert environment.folder("NAME", default="var") == tmp_path / "var"


def test_a_folder_that_cannot_be_created_is_refused(setting, tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "folder"
    setting(str(path))
    assert refusal(environment.folder, default="unused") == (
        f"NAME: found {str(path)!r}, expected a writable folder. "
        "Make it, or set NAME to a folder this user may write to (Not a directory)."
    )


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_url_is_parsed(setting, scheme):
    setting(f"{scheme}://user:p%40ss@db.example:5433/portal")
    found = environment.database("NAME", default="sqlite:///unused")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("user", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "portal")


def test_the_default_database_is_an_sqlite_file(tmp_path):
    path = tmp_path / "db.sqlite3"
    found = environment.database("NAME", default=f"sqlite:///{path}")
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", str(path))


ANOTHER_DATABASE = "Set NAME=postgres://user:password@host:5432/database, or leave it empty."


@pytest.mark.parametrize(
    "value", ["mysql://user:secret@host/name", "sqlite://", "sqlite://host/file", "secret"]
)
def test_another_database_scheme_is_refused_without_revealing_the_password(setting, value):
    setting(value)
    line = refusal(environment.database, default="sqlite:///unused")
    assert line == (
        f"NAME: found {value.partition(':')[0]!r}, expected an address that begins with "
        f"sqlite:/// or postgres:// or postgresql://. {ANOTHER_DATABASE}"
    )


@pytest.mark.parametrize("rest", ["127.0.0.1:99999999/name", "host:port/name"])
def test_an_invalid_host_or_port_is_refused_without_revealing_the_password(setting, rest):
    setting(f"postgres://user:secret@{rest}")
    assert refusal(environment.database, default="sqlite:///unused") == (
        "NAME: found 'postgres://…', expected a host and a port from 1 to 65535, "
        f"special characters percent-encoded. {ANOTHER_DATABASE}"
    )


def test_a_refused_url_is_not_quoted_by_a_chained_exception(setting):
    setting("postgres://user:secret/name")
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.database("NAME", default="sqlite:///unused")
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "value", ["postgres://", "postgres://host:5432/", "sqlite:///", "sqlite:///:memory:"]
)
def test_a_database_without_a_name_is_refused(setting, value):
    setting(value)
    assert refusal(environment.database, default="sqlite:///unused") == (
        f"NAME: found '{value.partition(':')[0]}://…', expected the name of a database or a file "
        f"at its end. {ANOTHER_DATABASE}"
    )


def test_a_mail_server_url_is_parsed(setting):
    setting("smtp+tls://user:p%40ss@mail.example:587")
    found = environment.mail_server("NAME")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("user", "p@ss")
    assert found["EMAIL_USE_TLS"] is True


def test_an_unset_mail_server_is_empty():
    assert environment.mail_server("NAME") == {"EMAIL_HOST": ""}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("mail.example", "an address that begins with smtp:// or smtp+tls:// or smtp+ssl://"),
        ("smtp://", "the name of a mail server"),
        ("smtp://:25", "the name of a mail server"),
        ("smtp://host:abc", "a host and a port from 1 to 65535, special characters"),
        ("smtp://user:secret@host:99999999", "a host and a port from 1 to 65535"),
        ("smtp+ssl://user:secret@[host:465", "a host and a port from 1 to 65535"),
    ],
)
def test_an_invalid_mail_server_is_refused_without_revealing_the_password(setting, value, expected):
    setting(value)
    line = refusal(environment.mail_server)
    assert line.startswith(f"NAME: found '{value.partition(':')[0]}")
    assert f", expected {expected}" in line
    assert line.endswith("Set NAME=smtp+tls://user:password@host:587, or leave it empty.")
    assert "secret" not in line


@pytest.mark.parametrize("value", ["https://college.example", "https://college.example/"])
def test_the_site_url_has_no_trailing_slash(setting, value):
    setting(value)
    assert environment.site_url("NAME", default="unused") == "https://college.example"


@pytest.mark.parametrize(
    "value",
    ["college.example", "ftp://college.example", "https://", "http://[bad", "https://host:port"],
)
def test_an_invalid_site_url_is_refused(setting, value):
    setting(value)
    assert refusal(environment.site_url, default="unused") == (
        f"NAME: found {value!r}, expected an address as https://college.example. "
        "Set NAME=https://college.example."
    )


@pytest.mark.parametrize(
    "value", ["", "mailto:security@college.example", "https://college.example/report?lang=ru"]
)
def test_a_security_contact_is_empty_or_a_uri(setting, value):
    setting(value)
    assert environment.contact_uri("NAME") == value


@pytest.mark.parametrize(
    "value", ["security@college.example", "http://college.example", "mailto:", "https://"]
)
def test_an_invalid_security_contact_is_refused(setting, value):
    setting(value)
    assert "expected an address as mailto:" in refusal(environment.contact_uri)


def test_host_names_are_split_at_commas_without_empty_ones(setting):
    setting(" college.example, ,www.college.example,")
    assert environment.host_names("NAME") == ["college.example", "www.college.example"]


def test_host_names_may_be_domains_wildcards_and_ip_addresses(setting):
    setting("college.example, .college.example, xn--d1abbgf6aiiy.xn--p1ai, 127.0.0.1, [::1], *")
    assert environment.host_names("NAME") == [
        "college.example",
        ".college.example",
        "xn--d1abbgf6aiiy.xn--p1ai",
        "127.0.0.1",
        "[::1]",
        "*",
    ]


@pytest.mark.parametrize(
    "value", ["http://college.example/", "college.example:8000", "::1", "колледж.рф", "a b"]
)
def test_an_invalid_host_name_is_refused(setting, value):
    setting(f"college.example,{value}")
    assert refusal(environment.host_names) == (
        f"NAME: found {value!r}, expected the site's host names, without https://, port and path. "
        "Set NAME=college.example,www.college.example; letters beyond Latin as xn--…"
    )


@pytest.mark.parametrize("value", ["", " , "])
def test_at_least_one_host_name_is_required(setting, value):
    setting(value)
    assert refusal(environment.host_names).startswith(
        "NAME: found '', expected the site's host names, without https://, port and path. "
        "Set NAME=college.example,"
    )


def test_a_secret_key_of_fifty_characters_is_accepted(setting):
    setting(KEY)
    assert environment.secret_key("NAME", local_file=None) == KEY


def test_a_short_secret_key_is_refused_and_not_shown(setting, tmp_path):
    setting("hunter2")
    for local_file in (None, tmp_path / "key"):
        assert refusal(environment.secret_key, local_file=local_file) == (
            "NAME: found '7 characters', expected at least 50 random characters. "
            "Make one as .env.example shows; only a local run makes its own."
        )


def test_production_requires_a_secret_key():
    assert refusal(environment.secret_key, local_file=None) == (
        "NAME: found '0 characters', expected at least 50 random characters. "
        "Make one as .env.example shows; only a local run makes its own."
    )


def test_a_local_secret_key_is_created_once_with_owner_permissions(tmp_path):
    path = tmp_path / "secret_key"
    key = environment.secret_key("NAME", local_file=path)
    assert len(key) >= environment.MINIMUM_KEY_LENGTH
    assert environment.secret_key("NAME", local_file=path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_signing_key_is_decoded_from_base64(setting):
    setting(base64.b64encode(b"k" * 32).decode())
    assert environment.signing_key("NAME", file=None) == b"k" * 32


def test_a_missing_signing_key_is_created_once_with_owner_permissions(tmp_path):
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


@pytest.mark.parametrize("length", [31, 33])
def test_a_signing_key_of_another_length_is_refused(setting, length):
    key = base64.b64encode(b"k" * length).decode()
    setting(key)
    assert refusal(environment.signing_key, file=None).startswith(
        f"NAME: found '{len(key)} characters', expected 32 bytes in base64. Restore it"
    )


def test_concurrent_processes_create_a_single_key(tmp_path):
    file = tmp_path / "key"
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: environment.read_or_create_key(file), range(64)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
