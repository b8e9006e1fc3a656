"""Verify a signed receipt offline: no database, no network.

With --key it needs no settings either, so that a checkout without a site is enough:
`python -m feedback.management.commands.verify_receipt receipt.txt --key public.pem`.
"""

import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from feedback.receipts.signatures import fingerprint, parse_receipt, public_key


class Command(BaseCommand):
    help = "Says whether a signed receipt is genuine, and of which text and files it is."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("receipt", help="the downloaded file; - reads standard input")
        parser.add_argument("--text", help="a file with the text of the suggestion, in UTF-8")
        parser.add_argument("--file", action="append", default=[], help="a file that came with it")
        parser.add_argument("--key", help="the public key as PEM; without it this site's own")

    def handle(self, *args, **options):
        receipt = parse(read_bytes(options["receipt"]))
        key = load_key(options["key"]) if options["key"] else load_own_key()
        if receipt.key != fingerprint(key):
            raise CommandError(
                f"Signed with another key: found {receipt.key}, expected {fingerprint(key)}. "
                "Name the key of that time with --key."
            )
        if not receipt.is_signed_with(key):
            raise CommandError("Not genuine: the signature does not fit these lines.")
        if options["text"] and not receipt.has_text(decode(read_bytes(options["text"]))):
            raise CommandError("Genuine, but of another text: it is compared letter by letter.")
        for path in options["file"]:
            if not receipt.has_file(read_bytes(path)):
                raise CommandError(f"Genuine, but {path} was not among the files accepted.")
        self.stdout.write(
            f"Genuine: suggestion {receipt.number} was accepted at {receipt.received} "
            f"with {len(receipt.file_hashes)} files."
        )


def load_own_key():
    try:
        return public_key()
    except ImproperlyConfigured as error:
        raise CommandError("This is no site with a key of its own. Name one with --key.") from error


def parse(receipt):
    try:
        return parse_receipt(decode(receipt))
    except ValueError as error:
        raise CommandError(f"Not a receipt: {error}.") from error


def read_bytes(path):
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error


def decode(octets):
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError("The file is no text in UTF-8. Save it as UTF-8.") from error


def load_key(path):
    try:
        key = load_pem_public_key(read_bytes(path))
    except ValueError as error:
        raise CommandError(f"{path} is no public key in PEM.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise CommandError(f"{path} is no Ed25519 key: found {type(key).__name__}.")
    return key


if __name__ == "__main__":
    Command().run_from_argv(["manage.py", "verify_receipt", *sys.argv[1:]])
