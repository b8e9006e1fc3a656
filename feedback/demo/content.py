"""Reads suggestions.toml and submits what it describes, as visitors and staff would."""

import datetime
import tomllib
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from feedback.models import Consent, Suggestion, SuggestionTopic

SOURCE = Path(__file__).with_name("suggestions.toml")
CONSENT = Path(__file__).with_name("consent.txt")


def fill():
    """Create topics, the first version of the consent and suggestions; returns their number."""
    content = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    topics = {
        entry["title"]: SuggestionTopic.objects.create(order=order, **entry)
        for order, entry in enumerate(content["topics"], start=1)
    }
    Consent.objects.create(version=1, text=CONSENT.read_text(encoding="utf-8").strip())
    oldest_first = sorted(content["suggestions"], key=lambda entry: -entry["days_ago"])
    for entry in oldest_first:
        received_at = timezone.now() - datetime.timedelta(days=entry["days_ago"])
        Suggestion(
            topic=topics[entry["topic"]],
            role=entry["role"],
            text=entry["text"],
            status=entry["status"],
            answer=entry.get("answer", ""),
            received_at=received_at,
        ).submit(uuid4())
    return len(oldest_first)
