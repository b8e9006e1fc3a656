"""The order of rows: the second sort key, and a last one that leaves nothing to chance."""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from college_site.models import College, CollegeLink
from feedback.models import (
    Attachment,
    Event,
    Mail,
    Publication,
    RateLimitCounter,
    Suggestion,
    SuggestionTopic,
)
from news.models import Document, Participation, Photo, Post, Video
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEFORE = NOW - datetime.timedelta(days=1)
ORDERED = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ("college_site", "news", "feedback")
    and model._meta.ordering
    and model is not RateLimitCounter  # the counts of one moment are equals
]


@pytest.mark.parametrize("model", ORDERED)
def test_every_ordering_ends_with_a_unique_field(model):
    last = model._meta.ordering[-1].removeprefix("-")
    assert last == "pk" or model._meta.get_field(last).unique


def college_link(order):
    return CollegeLink.objects.create(
        college=College.objects.get(), title="ВКонтакте", url="https://vk.com/", order=order
    )


def participation(post):
    return lambda order: Participation.objects.create(
        post=post, partner=factories.partner(), order=order
    )


@pytest.mark.parametrize("model", [Photo, Document, Video, Participation, CollegeLink])
def test_rows_that_staff_arrange_are_listed_by_order_then_age(model):
    factories.college()
    post = factories.post()
    make = {
        Photo: lambda order: factories.photo(post, order=order),
        Document: lambda order: factories.document(post, order=order),
        Video: lambda order: factories.video(post, order=order),
        Participation: participation(post),
        CollegeLink: college_link,
    }[model]
    last, first, second = (make(order) for order in (2, 1, 1))
    assert list(model.objects.all()) == [first, second, last]


def test_footer_links_are_listed_by_order_then_age():
    factories.college()
    last, first, second = (college_link(order) for order in (2, 1, 1))
    CollegeLink.objects.filter(pk=second.pk).update(title="Одноклассники")
    titles = [link.title for link in College.objects.current().footer_links]
    assert titles == [first.title, "Одноклассники", last.title]


def test_topics_are_listed_by_order_then_title():
    last, second, first = (
        factories.suggestion_topic(order=order, title=title)
        for order, title in ((2, "Автобусы"), (1, "Ремонт"), (1, "Библиотека"))
    )
    assert list(SuggestionTopic.objects.all()) == [first, second, last]


def test_posts_of_one_moment_are_listed_newest_first():
    older, newer = (factories.post(published_at=BEFORE) for _ in range(2))
    assert list(Post.objects.all()) == list(Post.objects.published()) == [newer, older]


def test_suggestions_of_one_moment_are_listed_newest_first():
    older, newer = (factories.suggestion(received_at=NOW) for _ in range(2))
    earlier = factories.suggestion(received_at=BEFORE)
    assert list(Suggestion.objects.all()) == [newer, older, earlier]


def test_answers_of_one_moment_are_listed_newest_first():
    older, newer = (factories.publication(published_at=BEFORE) for _ in range(2))
    assert list(Publication.objects.published()) == [newer, older]


def test_events_are_listed_by_time_then_age():
    suggestion = factories.suggestion(received_at=BEFORE)
    later, first, second = (
        suggestion.record("taken_up", happened_at=moment) for moment in (NOW, BEFORE, BEFORE)
    )
    assert list(Event.objects.filter(kind="taken_up")) == [first, second, later]


def test_emails_of_one_moment_are_listed_newest_first():
    suggestion = factories.suggestion()
    older, newer = (
        Mail.objects.create(event=suggestion.record("taken_up"), created_at=NOW) for _ in range(2)
    )
    assert list(Mail.objects.all()) == [newer, older]


def test_files_are_listed_by_time_of_upload():
    later = factories.attachment("0" * 64, uploaded_at=NOW)
    earlier = factories.attachment("0" * 64, uploaded_at=BEFORE)
    assert list(Attachment.objects.all()) == [earlier, later]
