"""A change of a suggestion is made whole or not at all, and its key belongs to one suggestion."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from feedback.models import Suggestion
from tests import factories

pytestmark = pytest.mark.django_db


class Failure(Exception):
    """What a test lets go wrong on purpose."""


def fail(*args, **kwargs):
    raise Failure


def kinds(suggestion):
    return list(suggestion.events.values_list("kind", flat=True))


def test_the_key_of_another_suggestion_does_not_pass_for_a_step_taken():
    once, other = uuid4(), factories.suggestion()
    factories.suggestion().reply("У входа.", once)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.reply("У входа.", once)
    assert kinds(other) == ["received"]


def test_a_release_whose_letter_cannot_be_written_is_none(monkeypatch):
    suggestion = factories.suggestion(status="quarantine")
    monkeypatch.setattr(Suggestion, "write_letter", fail)
    with pytest.raises(Failure):
        suggestion.release(factories.staff())
    assert Suggestion.objects.get().status == "quarantine"
    assert "released" not in kinds(suggestion)


def test_a_confirmation_that_cannot_be_written_keeps_it_in_quarantine(monkeypatch):
    suggestion = factories.suggestion(status="quarantine")
    written = Suggestion.write_letter

    def write(self, event):
        return fail() if event.kind == "received" else written(self, event)

    monkeypatch.setattr(Suggestion, "write_letter", write)
    with pytest.raises(Failure):
        suggestion.release(factories.staff())
    assert Suggestion.objects.get().status == "quarantine"
    assert "released" not in kinds(suggestion)


def test_a_change_without_its_event_is_none(monkeypatch):
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
