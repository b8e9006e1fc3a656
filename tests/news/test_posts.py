"""Posts: states, slugs, database constraints."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from college_site.uploads.pictures.images import clean_picture
from news.models import Participation, Photo, Post
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)
HOUR = datetime.timedelta(hours=1)


def test_the_address_of_a_post_agrees_with_the_url_pattern():
    post = factories.post()
    assert post.get_absolute_url() == reverse("news:post_detail", args=[post.slug])


# States -------------------------------------------------------------------------------------------


def test_a_post_without_a_publication_time_is_a_draft():
    assert factories.draft().state == Post.State.DRAFT


def test_a_post_with_a_past_time_is_published():
    assert factories.post().state == Post.State.PUBLISHED


def test_a_post_with_a_future_time_is_scheduled():
    assert factories.post(published_at=timezone.now() + HOUR).state == Post.State.SCHEDULED


def test_a_post_is_published_at_its_exact_time():
    moment = timezone.now() + HOUR
    post = factories.post(published_at=moment)
    with time_machine.travel(moment, tick=False):
        assert post.state == Post.State.PUBLISHED
        assert post in Post.objects.published()


def test_posts_can_be_queried_by_state():
    posts = {
        Post.State.DRAFT: factories.draft(),
        Post.State.IN_REVIEW: factories.submitted(),
        Post.State.RETURNED: factories.returned(),
        Post.State.SCHEDULED: factories.post(published_at=timezone.now() + HOUR),
        Post.State.PUBLISHED: factories.post(),
    }
    assert {state: Post.objects.in_state(state).get() for state in Post.State} == posts


def test_publishing_sets_the_current_time():
    post = factories.draft()
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        post.publish()
        assert post.published_at == timezone.now()


def test_publishing_twice_keeps_the_time():
    post = factories.post()
    moment = post.published_at
    with pytest.raises(ValidationError, match="Опубликовано"):
        post.publish()
    post.refresh_from_db()
    assert post.published_at == moment


def test_publishing_a_scheduled_post_publishes_it_immediately():
    post = factories.post(published_at=timezone.now() + HOUR)
    post.publish()
    assert post in Post.objects.published()


def test_withdrawing_makes_a_draft():
    post = factories.post()
    post.unpublish()
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT


# Slugs --------------------------------------------------------------------------------------------


def test_the_slug_is_derived_from_the_title():
    assert factories.post(title="Круглый стол").slug == "kruglyj-stol"


def test_a_duplicate_slug_gets_a_number():
    slugs = [factories.post(title="Круглый стол").slug for _ in range(3)]
    assert slugs == ["kruglyj-stol", "kruglyj-stol-2", "kruglyj-stol-3"]


def test_a_freed_slug_number_is_reused():
    first, second, third = (factories.post(title="Круглый стол") for _ in range(3))
    second.delete()
    assert factories.post(title="Круглый стол").slug == "kruglyj-stol-2"
    assert first.slug != third.slug


def test_a_given_slug_is_not_changed():
    assert factories.post(title="Круглый стол", slug="stol").slug == "stol"


def test_changing_the_title_does_not_change_the_slug():
    post = factories.post(title="Круглый стол")
    post.title = "Квадратный стол"
    post.save()
    assert post.slug == "kruglyj-stol"


@pytest.mark.parametrize("title", ["2026", "24 02 2022"])
def test_a_slug_never_consists_of_digits_only(title):
    assert factories.post(title=title).slug == f"novost-{title.replace(' ', '-')}"


@pytest.mark.parametrize("slug", ["2026", "2026-02", "1-2-3"])
def test_a_slug_of_digits_is_refused_with_an_explanation(slug):
    with pytest.raises(ValidationError, match="не может состоять из одних цифр"):
        Post(title="Пост", slug=slug).full_clean()


def test_a_long_title_gives_a_slug_within_the_limit():
    post = factories.post(title="слово " * 41)
    assert 1 <= len(post.slug) <= 80


def test_a_title_without_letters_requires_a_slug():
    with pytest.raises(ValidationError, match="напишите его латиницей"):
        Post(title="!!!").full_clean()


def test_a_duplicate_slug_is_refused_in_validation():
    factories.post(slug="stol")
    with pytest.raises(ValidationError) as caught:
        Post(title="Пост", slug="stol").full_clean()
    assert list(caught.value.message_dict) == ["slug"]


# Database constraints -----------------------------------------------------------------------------


def test_the_database_refuses_a_duplicate_slug():
    post, other = factories.post(), factories.post()
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(slug=other.slug)


def test_a_draft_announcement_needs_no_event_date():
    assert factories.draft(kind="announcement").pk


def test_first_and_last_event_day_may_be_equal():
    assert factories.post(event_date=DAY, event_end_date=DAY).pk


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"event_date": DAY, "event_end_date": DAY - datetime.timedelta(1)},
            "Последний день не может быть раньше даты события.",
        ),
        ({"event_end_date": DAY}, "Последний день не может быть раньше даты события."),
        (
            {"event_time": datetime.time(9)},
            "Укажите дату события: у него есть время начала.",
        ),
        (
            {
                "kind": "announcement",
                "published_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            },
            "Без даты события анонс не опубликовать: укажите её.",
        ),
    ],
)
def test_validation_errors_are_in_russian(fields, message):
    with pytest.raises(ValidationError) as caught:
        Post(title="Пост", **fields).full_clean()
    assert message in caught.value.messages


def test_a_second_cover_gives_a_russian_error():
    photo = factories.photo(is_cover=True)
    with pytest.raises(ValidationError, match="Обложка у публикации одна"):
        Photo(post=photo.post, is_cover=True, width=1, height=1).validate_constraints()


def test_a_photograph_without_a_size_gives_a_russian_error():
    with pytest.raises(ValidationError, match="Размеры снимка неизвестны"):
        Photo(post=factories.post()).validate_constraints()


def test_a_duplicate_partner_gives_a_russian_error():
    taken = Participation.objects.create(post=factories.post(), partner=factories.partner())
    with pytest.raises(ValidationError, match="уже есть среди участников"):
        Participation(post=taken.post, partner=taken.partner).validate_constraints()


def test_a_topic_with_posts_cannot_be_deleted():
    topic = factories.topic()
    factories.post(topic=topic)
    with pytest.raises(ProtectedError):
        topic.delete()


def test_a_partner_with_posts_cannot_be_deleted():
    partner = factories.partner()
    Participation.objects.create(post=factories.post(), partner=partner)
    with pytest.raises(ProtectedError):
        partner.delete()


# Photographs of a post ----------------------------------------------------------------------------


def test_the_first_photograph_becomes_the_cover():
    post = factories.post()
    post.add_photos([picture(), picture()])
    assert [photo.is_cover for photo in post.photos.all()] == [True, False]


def test_adding_photographs_keeps_the_chosen_cover():
    cover = factories.photo(is_cover=True)
    cover.post.add_photos([picture()])
    assert cover.post.photos.covers().get() == cover


def test_new_photographs_are_added_last():
    first = factories.photo(order=5)
    first.post.add_photos([picture(), picture()])
    assert [photo.order for photo in first.post.photos.all()] == [5, 6, 7]


def test_adding_no_photographs_changes_nothing():
    post = factories.post()
    post.add_photos([])
    assert not post.photos.exists()


def picture():
    return clean_picture(ContentFile(factories.picture_bytes(), name="photo.jpg"))
