"""The signed receipt: proof that a suggestion was accepted, which anybody can check offline.

What is signed (Ed25519, RFC 8032) are lines of text, in UTF-8, each ending with "\n":

    receipt: 1
    number: 2026-17
    received: 2026-11-24T14:47:12Z
    text: SHA-256, in hexadecimal, of the salt followed by the text
    file: the same of a file, as whose text its SHA-256 in hexadecimal counts; a line for each

Salt, key and signature follow unsigned. The salt keeps whoever has the signed lines alone from
trying texts and known files against the hashes. The code of the receipt is no part of it, so the
file can be shown as proof.
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
        """What the signature is of."""
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
        """Whether the owner of this Ed25519PublicKey signed it."""
        try:
            signature = base64.b64decode(self.signature, validate=True)
            public_key.verify(signature, self.signed_lines.encode())
        except (ValueError, InvalidSignature):
            return False
        return True

    def has_text(self, text):
        """Whether this is the text that was accepted; see `hash_of` for what makes no odds."""
        return self.text_hash == salted_hash(self.salt, text)

    def has_file(self, content):
        """Whether a file of these bytes was accepted with it."""
        return salted_hash(self.salt, hashlib.sha256(content).hexdigest()) in self.file_hashes


def sign_receipt(suggestion):
    """The Receipt of a registered suggestion; the same one whenever it is asked for."""
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
    """The Receipt in a text, whatever stands around its lines; ValueError where it is not whole."""
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
    """SHA-256 of salt and text; line breaks as "\\n", letters composed, nothing around them."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return hashlib.sha256((salt + plain).encode()).hexdigest()


def fingerprint(public_key):
    """The first 16 hexadecimal digits of the SHA-256 of a public key: enough to tell keys apart."""
    return hashlib.sha256(public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def public_key():
    """The key that the site's receipts are verified with."""
    return private_key().public_key()


def public_pem():
    """The same as PEM, for whoever verifies elsewhere."""
    return public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@cache
def private_key():
    return Ed25519PrivateKey.from_private_bytes(settings.RECEIPT_KEY)
