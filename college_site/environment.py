"""django-environ with remedies on top: a wrong variable is refused, and told what to set."""

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
CONTACT_URI = re.compile(r"mailto:[^\s@]+@[^\s@]+|https://[^\s/]+\S*")
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


def whole_number(name, *, default, most, least=0):
    """An integer from `least` to `most`."""
    found = text(name, str(default))
    if found not in map(str, range(least, most + 1)):
        raise wrong(name, found, f"a number from {least} to {most}", f"Set {name}={default}.")
    return int(found)


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
    return from_address(
        name,
        text(name, default),
        environ.Env.db_url_config,
        schemes=("sqlite:///", "postgres://", "postgresql://"),
        needed=("NAME", "the name of a database or a file at its end"),
        example="postgres://user:password@host:5432/database",
    )


def mail_server(name):
    """Django's settings of the mail server from an address as smtp+tls://…; empty: none."""
    if not text(name):
        return {"EMAIL_HOST": ""}
    return from_address(
        name,
        text(name),
        environ.Env.email_url_config,
        schemes=("smtp://", "smtp+tls://", "smtp+ssl://"),
        needed=("EMAIL_HOST", "the name of a mail server"),
        example="smtp+tls://user:password@host:587",
    )


def from_address(name, address, read, *, schemes, needed, example):
    """What `read` finds in an address; an error shows its scheme alone, for it has a password."""
    remedy = f"Set {name}={example}, or leave it empty."
    scheme = address.partition(":")[0]
    if not address.startswith(schemes):
        raise wrong(name, scheme, f"an address that begins with {' or '.join(schemes)}", remedy)
    try:
        found = read(address)
    except ValueError:
        expected = "a host and a port from 1 to 65535, special characters percent-encoded"
        # Without its cause, which would quote the address.
        raise wrong(name, f"{scheme}://…", expected, remedy) from None
    part, expected = needed
    if found[part] in (None, "", ":memory:"):  # in memory each process would have its own
        raise wrong(name, f"{scheme}://…", expected, remedy)
    return found


def site_url(name, *, default):
    """The address of the site's home page without the slash at its end."""
    found = text(name, default)
    with suppress(ValueError):
        address = urlsplit(found)
        if address.scheme in ("http", "https") and address.hostname and address.port != 0:
            return found.rstrip("/")
    example = "https://college.example"
    raise wrong(name, found, f"an address as {example}", f"Set {name}={example}.")


def contact_uri(name):
    """A mailto: or https: URI, or "" if the variable is empty."""
    found = text(name)
    if found and not CONTACT_URI.fullmatch(found):
        expected = "an address as mailto:security@college.example or https://college.example/report"
        raise wrong(name, found, expected, f"Set {name}=mailto:security@college.example.")
    return found


def host_names(name, *, default=()):
    """The host names of the variable, each as it stands in the Host header of a request."""
    parts = [part.strip() for part in text(name).split(",")]
    found = [part for part in parts if part] or list(default)
    for host in found or [""]:
        if not HOST_NAME.fullmatch(host):
            expected = "the site's host names, without https://, port and path"
            example = "college.example,www.college.example; letters beyond Latin as xn--…"
            raise wrong(name, host, expected, f"Set {name}={example}")
    return found


def secret_key(name, *, local_file):
    """The secret key from the variable; a local run stores one in `local_file` (or None)."""
    key = text(name)
    if local_file and not key:
        return stored_key(local_file)
    if len(key) < MINIMUM_KEY_LENGTH:
        expected = f"at least {MINIMUM_KEY_LENGTH} random characters"
        remedy = "Make one as .env.example shows; only a local run makes its own."
        raise wrong(name, f"{len(key)} characters", expected, remedy)
    return key


def signing_key(name, *, file):
    """The 32 bytes of an Ed25519 key: from the variable, in base64, or stored in `file`."""
    found = text(name)
    key = found or stored_key(file, lambda: base64.b64encode(secrets.token_bytes(32)).decode())
    with suppress(ValueError):
        decoded = base64.b64decode(key, validate=True)
        if len(decoded) == 32:
            return decoded
    place = name if found else f"{name} in {file}"
    remedy = "Restore it from a backup: a new key cannot verify the receipts of the old one."
    raise wrong(place, f"{len(key)} characters", "32 bytes in base64", remedy)


def stored_key(path, make=lambda: secrets.token_urlsafe(60)):
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
