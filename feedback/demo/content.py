"""Creates the suggestions of suggestions.toml and performs their actions."""

import datetime
import tomllib
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from feedback.deadlines import answer_limit, answer_target
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
    """Register the suggestion of an entry and perform its actions, `day` days later each."""
    actions = entry.pop("actions", [])
    received_at = timezone.now() - datetime.timedelta(days=entry.pop("days_ago"))
    suggestion = Suggestion(received_at=received_at, **entry).submit(uuid4())
    Event.objects.filter(suggestion=suggestion).update(happened_at=received_at)
    for action in actions:
        perform(suggestion, action, received_at + datetime.timedelta(days=action.pop("day")))


def perform(suggestion, action, moment):
    """Perform an action through the model's method, then set its time to `moment`."""
    name = action.pop("name")
    if name == "publish":
        publish(suggestion, action["title"], moment)
    elif name in ("reply", "withdraw", "rate", "reopen"):
        getattr(suggestion, name)(*action.values(), uuid4())
    else:
        getattr(suggestion, name)(*action.values(), None)
    event = suggestion.events.order_by("pk").last()
    Event.objects.filter(pk=event.pk).update(happened_at=moment)
    stored = Suggestion.objects.filter(pk=suggestion.pk)
    if name in ("give_answer", "decline"):
        stored.update(answered_at=moment)
    elif name == "reopen":
        reopened_on = timezone.localdate(moment)
        limit = answer_limit(reopened_on)
        stored.update(limit_on=limit, due_on=answer_target(limit, reopened_on))


def publish(suggestion, title, moment):
    texts = {"title": title, "text": suggestion.text, "answer": suggestion.answer}
    publication = Publication.objects.create(suggestion=suggestion, **texts)
    publication.publish(None)
    Publication.objects.filter(pk=publication.pk).update(published_at=moment, updated_at=moment)
