"""Reads suggestions.toml and does what it describes, as visitors and staff would."""

import datetime
import tomllib
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from feedback.deadlines import answer_due
from feedback.models import Consent, Event, Publication, Suggestion, SuggestionTopic

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
        submit({**entry, "topic": topics[entry["topic"]]})
    return len(oldest_first)


def submit(entry):
    """Register what an entry describes and take its steps, each so many days after the sending."""
    steps = entry.pop("steps", [])
    received_at = timezone.now() - datetime.timedelta(days=entry.pop("days_ago"))
    suggestion = Suggestion(received_at=received_at, **entry).submit(uuid4())
    Event.objects.filter(suggestion=suggestion).update(happened_at=received_at)
    for step in steps:
        take(suggestion, step, received_at + datetime.timedelta(days=step.pop("day")))


def take(suggestion, step, moment):
    """Take a step through the model's own method, then let it have happened at its moment."""
    do = step.pop("do")
    if do == "publish":
        publish(suggestion, step["title"], moment)
    elif do in ("reply", "withdraw", "rate", "reopen"):
        getattr(suggestion, do)(*step.values(), uuid4())
    else:
        getattr(suggestion, do)(*step.values(), None)
    event = suggestion.events.order_by("pk").last()
    Event.objects.filter(pk=event.pk).update(happened_at=moment)
    stored = Suggestion.objects.filter(pk=suggestion.pk)
    if do in ("give_answer", "decline"):
        stored.update(answered_at=moment)
    elif do == "reopen":
        stored.update(due_on=answer_due(timezone.localdate(moment)))


def publish(suggestion, title, moment):
    texts = {"title": title, "text": suggestion.text, "answer": suggestion.answer}
    publication = Publication.objects.create(suggestion=suggestion, **texts)
    publication.publish(None)
    Publication.objects.filter(pk=publication.pk).update(published_at=moment, updated_at=moment)
