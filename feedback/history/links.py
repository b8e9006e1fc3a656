"""How an event is linked to the one before it, and commits to what may be erased one day.

The link is the SHA-256 of lines of UTF-8 text, each ending with "\\n": the link of the event
before, the place in the history, the suggestion's number, kind, moment and key of the event, and
its commitments. A commitment is an HMAC-SHA256 whose key is a random salt of 32 hexadecimal digits
and whose message is the content as JSON. Once content and salt are erased, the commitment still
enters the link, so the chain verifies, and nobody can test a guess against it.

Everything here takes rows of any version of the models, so that a migration may call it. The format
may never change: a link of today must be the same in ten years.
"""

import hashlib
import hmac
import json
import secrets
from datetime import UTC
from uuid import uuid5

CONTENTS = ("text", "person", "contact")
START = "0" * 64  # what the first event is linked to
RECEIVED = "received"


def new_salt():
    return secrets.token_hex(16)


def commit(salt, content):
    """The commitment to a content, which is anything that JSON can hold."""
    message = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(salt.encode(), message.encode(), "sha256").hex()


def list_contents(event, files):
    """{name: content} of what an event commits to; `files` are its attachments.

    The text and the contact of a suggestion belong to the event of its receipt.
    """
    suggestion = event.suggestion
    names = sorted([file.sha256, file.name] for file in files)
    if event.kind != RECEIVED:
        return {"text": [event.text, names], "person": event.staff_id}
    consent = suggestion.consent.version if suggestion.consent_id else None
    consented_at = format_moment(suggestion.consented_at) if suggestion.consented_at else None
    return {
        "text": [event.text, suggestion.text, suggestion.role, names],
        "person": event.staff_id,
        "contact": [suggestion.email, consent, consented_at],
    }


def compute_link(previous, event):
    """The link of an event with its commitments, in hexadecimal."""
    lines = {
        "previous": previous,
        "position": event.position,
        "suggestion": f"{event.suggestion.year}-{event.suggestion.sequence}",
        "kind": event.kind,
        "happened": format_moment(event.happened_at),
        "key": event.key,
        **{name: getattr(event, f"{name}_commitment") for name in CONTENTS},
    }
    message = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return hashlib.sha256(message.encode()).hexdigest()


def link(event, files, previous, position):
    """Set place, salts, commitments and link of an event that is not in the chain yet."""
    event.position = position
    for name, content in list_contents(event, files).items():
        salt = new_salt()
        setattr(event, f"{name}_salt", salt)
        setattr(event, f"{name}_commitment", commit(salt, content))
    event.link = compute_link(previous, event)


def undo_key(key):
    """The key of the event that takes back the one with this key: the link holds it."""
    return uuid5(key, "undone")


def format_moment(moment):
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
