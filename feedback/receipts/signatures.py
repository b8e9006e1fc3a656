"""The signed receipt: proof that a suggestion was accepted, which anyone can verify offline.

The signed message (Ed25519, RFC 8032) consists of lines of UTF-8 text, each ending with "\n":

    receipt: 1
    number: 2026-17
    received: 2026-11-24T14:47:12Z
    text: SHA-256, in hexadecimal, of the salt followed by the text
    file: the same, of the SHA-256 in hexadecimal of a file instead of the text; a line per file

Salt, key and signature follow unsigned. Without the salt, nobody can test known texts and files
against the hashes of the signed lines. The code of the receipt is not included, so the file can be
shown as proof.
"""

import base64
import hashlib
import re
import unicodedata
from datetime import UTC
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

LINE = re.compile(
    r"^[ \t>]*(receipt|number|received|text|file|salt|key|signature):[ \t]*(\S+)[ \t\r]*$", re.M
)
ONCE = ("receipt", "number", "received", "text", "salt", "key", "signature")


class Receipt(NamedTuple):
    """A receipt, its lines as strings; `signature` in base64, `key` the signer's fingerprint."""

    number: str
    received: str
    text_hash: str
    file_hashes: tuple[str, ...]
    salt: str
    key: str = ""
    signature: str = ""

    @property
    def signed_lines(self):
        """The signed message."""
        lines = [
            "receipt: 1",
            f"number: {self.number}",
            f"received: {self.received}",
            f"text: {self.text_hash}",
            *(f"file: {file_hash}" for file_hash in self.file_hashes),
        ]
        return "".join(f"{line}\n" for line in lines)

    def __str__(self):
        unsigned = f"salt: {self.salt}\nkey: {self.key}\nsignature: {self.signature}\n"
        return self.signed_lines + unsigned

    def is_signed_with(self, public_key):
        """Whether the signature is valid for this Ed25519PublicKey."""
        try:
            signature = base64.b64decode(self.signature, validate=True)
            public_key.verify(signature, self.signed_lines.encode())
        except (ValueError, InvalidSignature):
            return False
        return True

    def has_text(self, text):
        """Whether this text was accepted, apart from differences that salted_hash() ignores."""
        return self.text_hash == salted_hash(self.salt, text)

    def has_file(self, content):
        """Whether a file with this content was accepted with it."""
        return salted_hash(self.salt, hashlib.sha256(content).hexdigest()) in self.file_hashes


def sign_receipt(suggestion):
    """The Receipt of a registered suggestion, the same at every call."""
    files = suggestion.attachments.filter(event__kind="received")
    received_at = suggestion.received_at.astimezone(UTC)
    receipt = Receipt(
        number=suggestion.number,
        received=f"{received_at:%Y-%m-%dT%H:%M:%SZ}",
        text_hash=salted_hash(suggestion.salt, suggestion.text),
        file_hashes=tuple(salted_hash(suggestion.salt, file.sha256) for file in files),
        salt=suggestion.salt,
        key=fingerprint(public_key()),
    )
    signature = private_key().sign(receipt.signed_lines.encode())
    return receipt._replace(signature=base64.b64encode(signature).decode())


def parse_receipt(text):
    """The Receipt in a text with any other lines; raises ValueError if it is not complete."""
    found = LINE.findall(text)
    values = {name: [value for key, value in found if key == name] for name in (*ONCE, "file")}
    if any(len(values[name]) != 1 for name in ONCE) or values["receipt"] != ["1"]:
        raise ValueError("no whole receipt: each line from receipt: to signature: once")
    return Receipt(
        *(values[name][0] for name in ("number", "received", "text")),
        tuple(values["file"]),
        *(values[name][0] for name in ("salt", "key", "signature")),
    )


def salted_hash(salt, text):
    """SHA-256 of salt and text; ignores kinds of line breaks, Unicode forms, outer spaces."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return hashlib.sha256((salt + plain).encode()).hexdigest()


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
