"""A transition is stored completely or not at all; its key belongs to one suggestion."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from feedback.models import Suggestion
from tests import factories

pytestmark = pytest.mark.django_db


class Failure(Exception):
    """A simulated error."""


def fail(*args, **kwargs):
    raise Failure


def kinds(suggestion):
    return list(suggestion.events.values_list("kind", flat=True))


def test_the_key_of_another_suggestions_event_is_refused():
    once, other = uuid4(), factories.suggestion()
    factories.suggestion().reply("У входа.", once)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.reply("У входа.", once)
    assert kinds(other) == ["received"]


def test_a_release_without_its_email_is_rolled_back(monkeypatch):
    suggestion = factories.suggestion(status="quarantine")
    monkeypatch.setattr(Suggestion, "queue_mail", fail)
    with pytest.raises(Failure):
        suggestion.release(factories.staff())
    assert Suggestion.objects.get().status == "quarantine"
    assert "released" not in kinds(suggestion)


def test_a_release_without_its_confirmation_is_rolled_back(monkeypatch):
    suggestion = factories.suggestion(status="quarantine")
    queue_mail = Suggestion.queue_mail

    def fail_for_confirmation(self, event):
        return fail() if event.kind == "received" else queue_mail(self, event)

    monkeypatch.setattr(Suggestion, "queue_mail", fail_for_confirmation)
    with pytest.raises(Failure):
        suggestion.release(factories.staff())
    assert Suggestion.objects.get().status == "quarantine"
    assert "released" not in kinds(suggestion)


def test_a_transition_without_its_event_is_rolled_back(monkeypatch):
    suggestion = factories.suggestion()
    monkeypatch.setattr(Suggestion, "record", fail)
    with pytest.raises(Failure):
        suggestion.take_up(factories.staff())
    assert Suggestion.objects.get().status == "received"


def test_a_suggestion_without_its_event_is_not_registered(monkeypatch):
    monkeypatch.setattr(Suggestion, "record", fail)
    with pytest.raises(Failure):
        factories.suggestion()
    assert not Suggestion.objects.exists()
