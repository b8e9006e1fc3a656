"""The signed receipt: proof that a suggestion was accepted, which anyone can verify offline.

The signed message (Ed25519, RFC 8032) consists of lines of UTF-8 text, each ending with "\n":

    receipt: 3
    number: 2026-17
    received: 2026-11-24T14:47:12Z
    salt: 32 random hexadecimal digits
    history: 4711: and the link of event 4711, the last of the whole register at the signing
    text: HMAC-SHA256 in hexadecimal; the key is the salt, the message "text\n" and the text
    file: the same for a file, the message is "file\n" and its SHA-256; a line per file

Key and signature follow unsigned. The salt keeps anybody without the receipt from testing known
texts and files against the hashes. The code of the receipt is not included, so the file can be
shown as proof. In format 1 the salt was neither signed nor separated from the text, so letters
could move from one to the other: it proves nothing and is refused. Format 2 had no line history.
"""

import base64
import hashlib
import hmac
import re
import unicodedata
from datetime import UTC
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.apps import apps
from django.conf import settings

FORMATS = ("2", "3")
LINE = re.compile(
    r"^[ \t>]*(receipt|number|received|salt|history|text|file|key|signature):[ \t]*(\S+)[ \t\r]*$",
    re.M,
)
VALUES = {  # of each line; all but the files stand in a receipt once, but format 2 has no history
    "receipt": re.compile("|".join(FORMATS)),
    "number": re.compile("[0-9]{4}-[0-9]{1,9}"),
    "received": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
    "salt": re.compile("[0-9a-f]{32}"),
    "history": re.compile("[0-9]{1,18}:[0-9a-f]{64}"),
    "text": re.compile("[0-9a-f]{64}"),
    "file": re.compile("[0-9a-f]{64}"),
    "key": re.compile("[0-9a-f]{16}"),
    "signature": re.compile("[A-Za-z0-9+/=]{88}"),
}


class OldFormat(ValueError):
    """A receipt of format 1, which proves nothing."""


class Receipt(NamedTuple):
    """A receipt, its lines as strings; `signature` in base64, `key` the signer's fingerprint.

    `history` is the head of the history, "" in format 2.
    """

    number: str
    received: str
    salt: str
    text_hash: str
    file_hashes: tuple[str, ...]
    key: str = ""
    signature: str = ""
    history: str = ""

    @property
    def signed_lines(self):
        """The signed message."""
        lines = [
            f"receipt: {3 if self.history else 2}",
            f"number: {self.number}",
            f"received: {self.received}",
            f"salt: {self.salt}",
            *([f"history: {self.history}"] if self.history else []),
            f"text: {self.text_hash}",
            *(f"file: {file_hash}" for file_hash in self.file_hashes),
        ]
        return "".join(f"{line}\n" for line in lines)

    def __str__(self):
        return f"{self.signed_lines}key: {self.key}\nsignature: {self.signature}\n"

    def is_signed_with(self, public_key):
        """Whether the signature is valid for this Ed25519PublicKey."""
        try:
            signature = base64.b64decode(self.signature, validate=True)
            public_key.verify(signature, self.signed_lines.encode())
        except (ValueError, InvalidSignature):
            return False
        return True

    def has_text(self, text):
        """Whether this text was accepted, apart from differences that hash_text() ignores."""
        return self.text_hash == hash_text(self.salt, text)

    def has_file(self, content):
        """Whether a file with this content was accepted with it."""
        return hash_file(self.salt, hashlib.sha256(content).hexdigest()) in self.file_hashes


def sign_receipt(suggestion):
    """The Receipt of a registered suggestion, the same until something happens in the register."""
    files = suggestion.attachments.filter(event__kind="received")
    received_at = suggestion.received_at.astimezone(UTC)
    receipt = Receipt(
        number=suggestion.number,
        received=f"{received_at:%Y-%m-%dT%H:%M:%SZ}",
        salt=suggestion.salt,
        text_hash=hash_text(suggestion.salt, suggestion.text),
        file_hashes=tuple(hash_file(suggestion.salt, file.sha256) for file in files),
        key=fingerprint(public_key()),
        history=str(apps.get_model("feedback", "HistoryHead").current()),
    )
    signature = private_key().sign(receipt.signed_lines.encode())
    return receipt._replace(signature=base64.b64encode(signature).decode())


def parse_receipt(text):
    """The Receipt in a text with any other lines; raises ValueError if it is not complete."""
    lines = LINE.findall(text)
    if ("receipt", "1") in lines:
        raise OldFormat("format 1 does not sign the salt: expected a receipt of format 3")
    found = {name: [value for key, value in lines if key == name] for name in VALUES}
    for name, values in found.items():
        count = 0 if name == "history" and found["receipt"] == ["2"] else 1
        is_complete = name == "file" or len(values) == count
        if not is_complete or not all(VALUES[name].fullmatch(value) for value in values):
            raise ValueError(
                f"no whole receipt: found {len(values)} lines {name}:, expected each line from "
                "receipt: 3 to signature: once and unchanged"
            )
    return Receipt(
        *(found[name][0] for name in ("number", "received", "salt", "text")),
        tuple(found["file"]),
        *(found[name][0] for name in ("key", "signature")),
        *found["history"],
    )


def hash_text(salt, text):
    """The hash of a text; ignores kinds of line breaks, Unicode forms, outer spaces."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return salted_hash(salt, "text", plain)


def hash_file(salt, digest):
    """The hash of a file with this SHA-256 in hexadecimal."""
    return salted_hash(salt, "file", digest)


def salted_hash(salt, kind, value):
    return hmac.digest(salt.encode(), f"{kind}\n{value}".encode(), "sha256").hex()


def fingerprint(public_key):
    """The first 16 hexadecimal digits of the SHA-256 of a public key."""
    return hashlib.sha256(public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def public_key():
    """The public key that verifies the site's receipts."""
    return private_key().public_key()


def public_pem():
    """The public key as PEM, to verify receipts elsewhere."""
    return public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@cache
def private_key():
    return Ed25519PrivateKey.from_private_bytes(settings.RECEIPT_KEY)
