"""The college's age keys: the site knows only the public ones and cannot open its archives."""

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pyrage
from django.conf import settings
from django.core.management.base import CommandError

VARIABLE = re.compile(r"^([A-Z_]+)=", re.MULTILINE)
SECRETS = ("SECRET_KEY", "RECEIPT_KEY", "METRICS_TOKEN")
ADDRESSES = ("DATABASE_URL", "EMAIL_URL", "MEDIA_BUCKET", "SQLITE_COPY")  # with passwords in them


def load_recipients():
    """The public keys of BACKUP_RECIPIENTS."""
    if not settings.BACKUP_RECIPIENTS:
        raise CommandError(
            "BACKUP_RECIPIENTS: found none, expected the public key that archives are encrypted "
            "with. Make a pair with: manage.py backup_key"
        )
    return list(map(pyrage.x25519.Recipient.from_str, settings.BACKUP_RECIPIENTS))


def load_identities(path):
    """The secret keys in a file as age-keygen writes it; - reads standard input."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read ({type(error).__name__}).") from error
    lines = [line.strip() for line in text.splitlines()]
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if is_key(line)]
    except pyrage.IdentityError:
        keys = []
    if not keys:
        raise CommandError(
            f"{path}: found no key, expected the file that the college keeps, with a line that "
            "begins with AGE-SECRET-KEY-1."
        )
    return keys


def is_key(line):
    return line and not line.startswith("#")


def list_settings():
    """{variable: value} of the settings of .env.example that are set, without secrets."""
    names = VARIABLE.findall((settings.BASE_DIR / ".env.example").read_text())
    found = {name: os.environ[name] for name in names if os.environ.get(name)}
    public = {name: value for name, value in found.items() if name not in SECRETS}
    return public | {name: hide_password(found[name]) for name in ADDRESSES if name in found}


def hide_password(address):
    parts = urlsplit(address)
    if not parts.scheme:
        return address  # a folder
    return parts._replace(netloc=f"…@{parts.netloc.rpartition('@')[2]}", query="").geturl()
