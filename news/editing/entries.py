"""What the script of a post's form sends: read strictly, for it may come from anywhere."""

import json
import re
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

# Names of buttons, and what belongs to the page rather than to the post.
LEFT_OUT = re.compile(r"csrfmiddlewaretoken|autosave(_page|_saved)?|_.*")
MAX_BYTES = 1024 * 1024
MAX_ENTRIES = 1900  # a form may have DATA_UPLOAD_MAX_NUMBER_FIELDS

TOO_LARGE = "Слишком много текста для черновика: больше 1 МБ. Сохраните публикацию кнопкой."
UNREADABLE = "Страница прислала не то, что ожидалось. Обновите её."


def read_json(request):
    """The object in the body; raises ValidationError for anything else."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise ValidationError(UNREADABLE)
    return sent


def read_changes(sent):
    """The new values of the slot, and the moment of the latest entries that the page knows."""
    now = timezone.now()
    changes = {"page": read_uuid(sent.get("page")), "seen_at": None if sent.get("left") else now}
    if "entries" in sent:
        changes |= {"entries": encode_entries(sent["entries"]), "updated_at": now}
    return changes, read_moment(sent.get("seen"))


def encode_entries(entries):
    """A list of [name, value] as a browser encodes a form; control fields are left out."""
    is_list = isinstance(entries, list) and all(
        isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)
        for entry in entries
    )
    if not is_list or len(entries) > MAX_ENTRIES:
        raise ValidationError(UNREADABLE)
    wanted = [(name, value) for name, value in entries if not LEFT_OUT.fullmatch(name)]
    return urlencode(wanted, errors="replace")


def read_uuid(text):
    key = parse_uuid(text)
    if key is None:
        raise ValidationError(UNREADABLE)
    return key


def parse_uuid(text):
    """The UUID that a browser sent as text, or None."""
    try:
        return UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None


def read_moment(text):
    """The moment in the form that the page was given, or None."""
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
