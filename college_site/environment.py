"""Readers of environment variables that refuse ambiguity and name the remedy."""

import base64
import os
import re
import secrets
import tempfile
import zoneinfo
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

MINIMUM_KEY_LENGTH = 50
HOST_NAME = re.compile(r"[A-Za-z0-9._*-]+|\[[A-Za-z0-9.:%_-]+\]")


def wrong(name, found, expected, remedy):
    """The error for variable `name`: what was found, what was expected, what to do."""
    return ImproperlyConfigured(f"{name}: found {found!r}, expected {expected}. {remedy}")


def text(name, default=""):
    """The variable's text without surrounding spaces, or `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name, *, default):
    """True or False; anything but the words True and False is refused."""
    found = text(name, str(default))
    if found not in ("True", "False"):
        raise wrong(name, found, "True or False", f"Set {name}=True or {name}=False.")
    return found == "True"


def whole_number(name, *, default, least=0, most=2**31):
    """An integer between `least` and `most`, both included."""
    found = text(name, str(default))
    if not (found.isascii() and found.isdigit() and least <= int(found[:12]) <= most):
        raise wrong(name, found, f"a number from {least} to {most}", f"Set {name}={default}.")
    return int(found)


def words(name, *, default=()):
    """The comma-separated parts of the variable as a list, empty parts left out."""
    parts = [part.strip() for part in text(name).split(",")]
    return [part for part in parts if part] or list(default)


def time_zone(name, *, default):
    """The name of a time zone that this Python knows."""
    found = text(name, default)
    if found not in zoneinfo.available_timezones():
        raise wrong(name, found, "a name of the IANA time zones", f"Set {name}={default}.")
    return found


def folder(name, *, default):
    """An absolute folder as a Path; a missing one is made, closed to other users."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        remedy = f"Make it, or set {name} to a folder this user may write to ({error.strerror})."
        raise wrong(name, str(path), "a writable folder", remedy) from error
    return path


def database(name, *, default):
    """Django's settings of one database from an address such as postgres://user:pw@host/name."""
    remedy = f"Set {name}=postgres://user:password@host:5432/database, or leave it empty."
    beginnings = ("sqlite:///", "postgres://", "postgresql://")
    address = text(name, default)
    found = taken_apart(name, address, beginnings, environ.Env.db_url_config, remedy)
    if found["NAME"] in ("", ":memory:"):  # in memory each process would have its own
        expected = "the name of a database or a file at its end"
        raise wrong(name, shown(address), expected, remedy)
    return found


def mail_server(name):
    """Django's settings of the mail server from an address as smtp+tls://…; empty: none."""
    address = text(name)
    if not address:
        return {"EMAIL_HOST": ""}
    remedy = f"Set {name}=smtp+tls://user:password@host:587, or leave it empty."
    beginnings = ("smtp://", "smtp+tls://", "smtp+ssl://")
    found = taken_apart(name, address, beginnings, environ.Env.email_url_config, remedy)
    if not found["EMAIL_HOST"]:
        raise wrong(name, shown(address), "the name of a mail server", remedy)
    return found


def taken_apart(name, address, beginnings, read, remedy):
    """What `read` finds in an address, which has to begin with one of `beginnings`."""
    if not address.startswith(beginnings):
        expected = f"an address that begins with {' or '.join(beginnings)}"
        raise wrong(name, address.partition(":")[0], expected, remedy)
    try:
        return read(address)
    except ValueError:
        expected = "a host and a port from 1 to 65535, special characters percent-encoded"
        # Without its cause, which would quote the address.
        raise wrong(name, shown(address), expected, remedy) from None


def shown(address):
    """What may be shown of an address, which may hold a password: its scheme."""
    return f"{address.partition('://')[0]}://…"


def site_url(name, *, default):
    """The address of the site's home page without the slash at its end."""
    found = text(name, default)
    try:
        address = urlsplit(found)
        complete = address.scheme in ("http", "https") and address.hostname and address.port != 0
    except ValueError:
        complete = False
    if not complete:
        example = "https://college.example"
        raise wrong(name, found, f"an address as {example}", f"Set {name}={example}.")
    return found.rstrip("/")


def host_names(name, *, default=()):
    """The host names of the variable, each as it stands in the Host header of a request."""
    found = words(name, default=default)
    remedy = f"Set {name}=college.example,www.college.example; letters beyond Latin as xn--…"
    if not found:
        raise wrong(name, "", "the site's host names", remedy)
    for host in found:
        if not HOST_NAME.fullmatch(host):
            raise wrong(name, host, "host names without https://, port and path", remedy)
    return found


def secret_key(name, *, local_file):
    """The secret key from the variable; a local run makes and keeps one in `local_file` (or None).

    Raises ImproperlyConfigured in production when it is missing or shorter than 50 characters.
    """
    key = text(name)
    if key and len(key) < MINIMUM_KEY_LENGTH:
        expected = f"at least {MINIMUM_KEY_LENGTH} random characters"
        raise wrong(name, f"{len(key)} characters", expected, "Make one as .env.example shows.")
    if key:
        return key
    if local_file is None:
        remedy = "Make one as .env.example shows and keep it secret."
        raise wrong(name, "", "a secret key, because this is not a local run", remedy)
    return kept_key(local_file)


def signing_key(name, *, file):
    """The 32 bytes of an Ed25519 key: from the variable, in base64, or made and kept in `file`."""
    found = text(name)
    key = found or kept_key(file, lambda: base64.b64encode(secrets.token_bytes(32)).decode())
    try:
        decoded = base64.b64decode(key, validate=True)
    except ValueError:
        decoded = b""
    if len(decoded) != 32:
        place = name if found else f"{name} in {file}"
        remedy = "Restore it from a backup: a new key cannot verify the receipts of the old one."
        raise wrong(place, f"{len(key)} characters", "32 bytes in base64", remedy)
    return decoded


def kept_key(path, make=lambda: secrets.token_urlsafe(60)):
    """The key in file `path`, which is made on the first call, readable by its owner only.

    Of processes that make it at once the first one wins, and all get the same key.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text().strip()
