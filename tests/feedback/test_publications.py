"""A public answer in the database: what it stores together, when it counts as changed."""

import datetime

import pytest
from django.utils import timezone

from feedback.models import Publication, Suggestion, Vote
from tests import factories
from tests.concurrency import run_before_query

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEFORE = NOW - datetime.timedelta(days=1)


class Failure(Exception):
    """An error raised on purpose."""


def fail(*args, **kwargs):
    raise Failure


def test_an_answer_that_cannot_be_indexed_is_not_stored(monkeypatch):
    monkeypatch.setattr(Publication, "index_keywords", fail)
    with pytest.raises(Failure):
        factories.publication()
    assert not Publication.objects.exists()


def test_publishing_without_its_event_is_rolled_back(monkeypatch):
    publication = factories.publication(published_at=None)
    monkeypatch.setattr(Suggestion, "record", fail)
    with pytest.raises(Failure):
        publication.publish(factories.staff())
    assert not Publication.objects.get().is_published


def test_a_vote_that_cannot_be_counted_is_rolled_back():
    publication = factories.publication()
    with pytest.raises(Failure), run_before_query('UPDATE "feedback_publication"', fail):
        publication.add_vote("a" * 64)
    assert not Vote.objects.exists()


@pytest.mark.parametrize(("published_at", "updated_at"), [(NOW, BEFORE), (BEFORE, NOW)])
def test_an_answer_changes_when_published_or_edited(published_at, updated_at):
    publication = Publication(published_at=published_at, updated_at=updated_at)
    assert publication.changed_at == NOW


def test_the_result_is_a_published_post_only():
    assert Publication(result_post=factories.draft()).result is None
    post = factories.post()
    assert Publication(result_post=post).result == post


def test_a_suggestion_has_one_public_answer():
    free = factories.suggestion(may_publish=True)
    factories.publication()
    assert list(Suggestion.objects.publishable()) == [free]
