"""Reads settings from environment variables; errors state what was found, expected and to do.

All readers take the name of a variable and raise ImproperlyConfigured for an invalid value.
"""

import base64
import os
import re
import secrets
import tempfile
import zoneinfo
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import environ
import pyrage
from django.core.exceptions import ImproperlyConfigured

MINIMUM_KEY_LENGTH = 50
CONTACT_URI = re.compile(r"mailto:[^\s@]+@[^\s@]+|https://[^\s/]+\S*")
SCHEMES = {"s3": "https", "s3+http": "http"}  # of a bucket
HOST_NAME = re.compile(r"[A-Za-z0-9._*-]+|\[[A-Za-z0-9.:%_-]+\]")


def invalid_value(name, found, expected, remedy):
    """The ImproperlyConfigured error for the variable `name`."""
    return ImproperlyConfigured(f"{name}: found {found!r}, expected {expected}. {remedy}")


def text(name, default=""):
    """The stripped value, or `default` if the variable is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name, *, default):
    """A boolean; only the values True and False are accepted."""
    found = text(name, str(default))
    if found not in ("True", "False"):
        raise invalid_value(name, found, "True or False", f"Set {name}=True or {name}=False.")
    return found == "True"


def whole_number(name, *, default, maximum, minimum=0):
    """An integer from `minimum` to `maximum`."""
    found = text(name, str(default))
    if found not in map(str, range(minimum, maximum + 1)):
        expected = f"a number from {minimum} to {maximum}"
        raise invalid_value(name, found, expected, f"Set {name}={default}.")
    return int(found)


def choice(name, choices, *, default):
    """One of the words in `choices`."""
    found = text(name, default)
    if found not in choices:
        raise invalid_value(name, found, " or ".join(choices), f"Set {name}={default}.")
    return found


def time_zone(name, *, default):
    """The name of a time zone known to zoneinfo."""
    found = text(name, default)
    if found not in zoneinfo.available_timezones():
        raise invalid_value(name, found, "a name of the IANA time zones", f"Set {name}={default}.")
    return found


def folder(name, *, default):
    """A folder as an absolute Path; a missing one is created without access for other users."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        remedy = f"Make it, or set {name} to a folder this user may write to ({error.strerror})."
        raise invalid_value(name, str(path), "a writable folder", remedy) from error
    return path


def database(name, *, default):
    """An entry of DATABASES from a URL such as postgres://user:password@host/name."""
    return parse_url(
        name,
        text(name, default),
        environ.Env.db_url_config,
        schemes=("sqlite:///", "postgres://", "postgresql://"),
        required=("NAME", "the name of a database or a file at its end"),
        example="postgres://user:password@host:5432/database",
    )


def mail_server(name):
    """The EMAIL_* settings from a URL such as smtp+tls://…; without a host if it is empty."""
    if not text(name):
        return {"EMAIL_HOST": ""}
    return parse_url(
        name,
        text(name),
        environ.Env.email_url_config,
        schemes=("smtp://", "smtp+tls://", "smtp+ssl://"),
        required=("EMAIL_HOST", "the name of a mail server"),
        example="smtp+tls://user:password@host:587",
    )


def parse_url(name, address, parse, *, schemes, required, example):
    """The settings that `parse` returns for a URL; errors show only the scheme, not the password.

    `required` is the key of a setting that must not be empty and its description.
    """
    remedy = f"Set {name}={example}, or leave it empty."
    scheme = address.partition(":")[0]
    if not address.startswith(schemes):
        raise invalid_value(
            name, scheme, f"an address that begins with {' or '.join(schemes)}", remedy
        )
    try:
        found = parse(address)
    except ValueError:
        expected = "a host and a port from 1 to 65535, special characters percent-encoded"
        # Without the cause, which would quote the URL with its password.
        raise invalid_value(name, f"{scheme}://…", expected, remedy) from None
    part, expected = required
    if found[part] in (None, "", ":memory:"):  # processes cannot share a database in memory
        raise invalid_value(name, f"{scheme}://…", expected, remedy)
    return found


def bucket(name):
    """An entry of STORAGES for s3://key:secret@host/bucket?region=…, or None if it is empty.

    s3+http:// speaks without encryption, on the own machine or a closed network.
    """
    if not text(name):
        return None
    with suppress(ValueError):
        url = urlsplit(text(name))
        place = url.path.strip("/")
        if url.scheme in SCHEMES and url.username and url.password and url.hostname and place:
            return {
                "BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {
                    "endpoint_url": f"{SCHEMES[url.scheme]}://{url.netloc.rpartition('@')[2]}",
                    "access_key": unquote(url.username),
                    "secret_key": unquote(url.password),
                    "bucket_name": place,
                    "region_name": parse_qs(url.query).get("region", ["us-east-1"])[0],
                    "addressing_style": "path",
                    "file_overwrite": False,  # as on a disk
                    "max_memory_size": 2**20,  # bytes of a file that is sent, the rest on disk
                },
            }
    example = "s3://key:secret@s3.example.com/bucket?region=ru-1"
    expected = f"an address as {example}, special characters percent-encoded"
    # Without the value, which may contain the secret.
    raise invalid_value(
        name, "another value", expected, f"Set {name}={example}, or leave it empty."
    )


def copy_place(name, *, database):
    """An entry of STORAGES for a folder or an address as of `bucket`; None if it is empty.

    `database` is an entry of DATABASES: only SQLite can be copied so.
    """
    found = text(name)
    if not found:
        return None
    if "sqlite" not in database["ENGINE"]:
        remedy = f"Leave {name} empty: PostgreSQL archives its own write-ahead log."
        raise invalid_value(name, "a place", "none beside DATABASE_URL=postgres://…", remedy)
    if found.startswith("/"):
        place = folder(name, default=None)
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(place)},
        }
    return bucket(name)


def site_url(name, *, default):
    """The URL of the home page without the trailing slash."""
    found = text(name, default)
    with suppress(ValueError):
        address = urlsplit(found)
        if address.scheme in ("http", "https") and address.hostname and address.port != 0:
            return found.rstrip("/")
    example = "https://college.example"
    raise invalid_value(name, found, f"an address as {example}", f"Set {name}={example}.")


def contact_uri(name):
    """A mailto: or https: URI, or "" if the variable is empty."""
    found = text(name)
    if found and not CONTACT_URI.fullmatch(found):
        expected = "an address as mailto:security@college.example or https://college.example/report"
        raise invalid_value(name, found, expected, f"Set {name}=mailto:security@college.example.")
    return found


def token(name):
    """A secret of twenty characters or more, or "" if the variable is empty."""
    found = text(name)
    if found and len(found) < 20:
        remedy = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(30))'"
        raise invalid_value(name, f"{len(found)} characters", "20 or more random ones", remedy)
    return found


def public_keys(name):
    """A list of public keys of age, separated by commas in the variable."""
    found = [part.strip() for part in text(name).split(",") if part.strip()]
    for key in found:
        try:
            pyrage.x25519.Recipient.from_str(key)
        except pyrage.RecipientError as error:
            expected = "the public half of a pair, as age1…"
            shown = "a secret key" if key.upper().startswith("AGE-SECRET-KEY") else key
            remedy = "Make a pair with: manage.py backup_key"
            raise invalid_value(name, shown, expected, remedy) from error
    return found


def host_names(name, *, default=()):
    """A list of host names, separated by commas in the variable."""
    parts = [part.strip() for part in text(name).split(",")]
    found = [part for part in parts if part] or list(default)
    for host in found or [""]:
        if not HOST_NAME.fullmatch(host):
            expected = "the site's host names, without https://, port and path"
            example = "college.example,www.college.example; letters beyond Latin as xn--…"
            raise invalid_value(name, host, expected, f"Set {name}={example}")
    return found


def secret_key(name, *, local_file):
    """The secret key; if it is unset and `local_file` is given, a key stored there."""
    key = text(name)
    if local_file and not key:
        return read_or_create_key(local_file)
    if len(key) < MINIMUM_KEY_LENGTH:
        expected = f"at least {MINIMUM_KEY_LENGTH} random characters"
        remedy = "Make one as .env.example shows; only a local run makes its own."
        raise invalid_value(name, f"{len(key)} characters", expected, remedy)
    return key


def signing_key(name, *, file):
    """The 32 bytes of an Ed25519 key: base64 in the variable, or stored in `file`."""
    found = text(name)
    key = found or read_or_create_key(
        file, lambda: base64.b64encode(secrets.token_bytes(32)).decode()
    )
    with suppress(ValueError):
        decoded = base64.b64decode(key, validate=True)
        if len(decoded) == 32:
            return decoded
    place = name if found else f"{name} in {file}"
    remedy = "Restore it from a backup: a new key cannot verify the receipts of the old one."
    raise invalid_value(place, f"{len(key)} characters", "32 bytes in base64", remedy)


def read_or_create_key(path, generate=lambda: secrets.token_urlsafe(60)):
    """The key in the file `path`; created by the first call, readable only by its owner.

    Concurrent first calls all return the same key.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
            file.write(generate())
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text().strip()
