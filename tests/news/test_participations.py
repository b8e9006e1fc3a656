"""A participation repeats two fields of its post, however the post changes."""

import datetime

import pytest
from django.utils import timezone

from news.models import Participation, Post
from tests import factories
from tests.concurrency import run_before_query

pytestmark = pytest.mark.django_db
NOW = timezone.now() - datetime.timedelta(days=2)
EARLIER, LATER = NOW - datetime.timedelta(days=1), NOW + datetime.timedelta(days=1)


class Failure(Exception):
    """An error raised on purpose."""


def fail():
    raise Failure


def add_participation():
    post = factories.post(published_at=NOW)
    return post.participations.create(partner=factories.partner())


@pytest.mark.parametrize(
    "changed", [{"kind": "notice"}, {"published_at": LATER}, {"published_at": EARLIER}]
)
def test_a_participation_follows_an_update_of_its_post(changed):
    participation = add_participation()
    Post.objects.update(**changed)
    participation.refresh_from_db()
    post = Post.objects.get()
    assert (participation.kind, participation.published_at) == (post.kind, post.published_at)


def save_later():
    post = Post.objects.get()
    post.published_at = LATER
    post.save()


@pytest.mark.parametrize("change", [save_later, lambda: Post.objects.update(published_at=LATER)])
def test_a_post_is_not_changed_without_its_participations(change):
    add_participation()
    with pytest.raises(Failure), run_before_query('UPDATE "news_participation"', fail):
        change()
    assert Post.objects.get().published_at == NOW


def test_participations_of_one_moment_are_listed_newest_first():
    older, newer = add_participation(), add_participation()
    assert list(Participation.objects.published()) == [newer, older]
