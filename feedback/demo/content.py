"""Creates the suggestions of suggestions.toml and performs their actions."""

import datetime
import tomllib
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from feedback.models import Consent, Publication, Suggestion, SuggestionTopic

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
    suggestion = Suggestion(received_at=received_at, **entry)
    suggestion.now = lambda: received_at
    suggestion.submit(uuid4())
    for action in actions:
        perform(suggestion, action, received_at + datetime.timedelta(days=action.pop("day")))


def perform(suggestion, action, moment):
    """Perform an action through the model's method, as if it were `moment`."""
    suggestion.now = lambda: moment
    name = action.pop("name")
    if name == "publish":
        publish(suggestion, action["title"], moment)
    elif name == "merge":
        original = Suggestion.objects.get(text__startswith=action["with"])
        suggestion.merge(original, None)
    elif name in ("reply", "withdraw", "rate", "reopen"):
        getattr(suggestion, name)(*action.values(), uuid4())
    elif name == "give_answer":
        answer(suggestion, moment, **action)
    else:
        getattr(suggestion, name)(*action.values(), None)


def answer(suggestion, moment, text, decision="", promise="", days=0):
    """Answer with a decision; a `promise` falls due after so many days."""
    due_on = timezone.localdate(moment) + datetime.timedelta(days=days)
    made = (promise, due_on) if promise else None
    suggestion.give_answer(text, None, decision=decision, promise=made)


def publish(suggestion, title, moment):
    texts = {"title": title, "text": suggestion.text, "answer": suggestion.answer}
    publication = Publication.objects.create(suggestion=suggestion, **texts)
    publication.publish(None)
    Publication.objects.filter(pk=publication.pk).update(published_at=moment, updated_at=moment)
