"""Posts: states, addresses, and what the database itself refuses."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from college_site.uploads.images import clean_picture
from news.models import Participation, Photo, Post
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)
HOUR = datetime.timedelta(hours=1)


# States -------------------------------------------------------------------------------------------


def test_a_post_without_a_moment_is_a_draft():
    assert factories.draft().state == Post.State.DRAFT


def test_a_post_of_the_past_is_published():
    assert factories.post().state == Post.State.PUBLISHED


def test_a_post_of_the_future_is_scheduled():
    assert factories.post(published_at=timezone.now() + HOUR).state == Post.State.SCHEDULED


def test_a_post_is_published_at_its_very_moment():
    moment = timezone.now() + HOUR
    post = factories.post(published_at=moment)
    with time_machine.travel(moment, tick=False):
        assert post.state == Post.State.PUBLISHED
        assert post in Post.objects.published()


def test_every_state_can_be_asked_for():
    posts = {
        Post.State.DRAFT: factories.draft(),
        Post.State.SCHEDULED: factories.post(published_at=timezone.now() + HOUR),
        Post.State.PUBLISHED: factories.post(),
    }
    assert {state: Post.objects.in_state(state).get() for state in Post.State} == posts


def test_publishing_takes_the_present_moment():
    post = factories.draft()
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        post.publish()
        assert post.published_at == timezone.now()


def test_publishing_twice_keeps_the_moment():
    post = factories.post()
    moment = post.published_at
    post.publish()
    post.refresh_from_db()
    assert post.published_at == moment


def test_publishing_a_scheduled_post_brings_it_forward():
    post = factories.post(published_at=timezone.now() + HOUR)
    post.publish()
    assert post in Post.objects.published()


def test_withdrawing_makes_a_draft():
    post = factories.post()
    post.unpublish()
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT


# Addresses ----------------------------------------------------------------------------------------


def test_the_address_is_made_from_the_title():
    assert factories.post(title="Круглый стол").slug == "kruglyj-stol"


def test_an_address_that_is_taken_gets_a_number():
    slugs = [factories.post(title="Круглый стол").slug for _ in range(3)]
    assert slugs == ["kruglyj-stol", "kruglyj-stol-2", "kruglyj-stol-3"]


def test_a_number_that_became_free_is_used_again():
    first, second, third = (factories.post(title="Круглый стол") for _ in range(3))
    second.delete()
    assert factories.post(title="Круглый стол").slug == "kruglyj-stol-2"
    assert first.slug != third.slug


def test_a_given_address_is_kept():
    assert factories.post(title="Круглый стол", slug="stol").slug == "stol"


def test_an_address_does_not_change_with_the_title():
    post = factories.post(title="Круглый стол")
    post.title = "Квадратный стол"
    post.save()
    assert post.slug == "kruglyj-stol"


@pytest.mark.parametrize("title", ["2026", "24 02 2022"])
def test_an_address_is_never_of_digits_only(title):
    assert factories.post(title=title).slug == f"novost-{title.replace(' ', '-')}"


@pytest.mark.parametrize("slug", ["2026", "2026-02", "1-2-3"])
def test_an_address_of_digits_is_refused_in_words(slug):
    with pytest.raises(ValidationError, match="не может состоять из одних цифр"):
        Post(title="Пост", slug=slug).full_clean()


def test_the_longest_title_gives_an_address():
    post = factories.post(title="слово " * 41)
    assert 1 <= len(post.slug) <= 80


def test_a_title_without_letters_asks_for_an_address():
    with pytest.raises(ValidationError, match="напишите его латиницей"):
        Post(title="!!!").full_clean()


def test_an_address_is_given_once():
    factories.post(slug="stol")
    with pytest.raises(ValidationError) as caught:
        Post(title="Пост", slug="stol").full_clean()
    assert list(caught.value.message_dict) == ["slug"]


# What the database itself refuses -----------------------------------------------------------------


def test_the_database_refuses_an_address_twice():
    post, other = factories.post(), factories.post()
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(slug=other.slug)


def test_an_announcement_in_the_making_needs_no_day():
    assert factories.draft(kind="announcement").pk


def test_an_event_of_one_day_may_name_it_twice():
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
def test_a_person_reads_in_russian_what_is_wrong(fields, message):
    with pytest.raises(ValidationError) as caught:
        Post(title="Пост", **fields).full_clean()
    assert message in caught.value.messages


def test_a_person_reads_in_russian_that_there_is_a_cover():
    photo = factories.photo(is_cover=True)
    with pytest.raises(ValidationError, match="Обложка у публикации одна"):
        Photo(post=photo.post, is_cover=True, width=1, height=1).validate_constraints()


def test_a_person_reads_in_russian_that_the_size_is_unknown():
    with pytest.raises(ValidationError, match="Размеры снимка неизвестны"):
        Photo(post=factories.post()).validate_constraints()


def test_a_person_reads_in_russian_that_a_partner_is_there():
    taken = Participation.objects.create(post=factories.post(), partner=factories.partner())
    with pytest.raises(ValidationError, match="уже есть среди участников"):
        Participation(post=taken.post, partner=taken.partner).validate_constraints()


def test_a_topic_with_posts_is_not_deleted():
    topic = factories.topic()
    factories.post(topic=topic)
    with pytest.raises(ProtectedError):
        topic.delete()


def test_a_partner_of_an_event_is_not_deleted():
    partner = factories.partner()
    Participation.objects.create(post=factories.post(), partner=partner)
    with pytest.raises(ProtectedError):
        partner.delete()


# Photographs of a post ----------------------------------------------------------------------------


def test_the_first_photograph_becomes_the_cover():
    post = factories.post()
    post.add_photos([picture(), picture()])
    assert [photo.is_cover for photo in post.photos.all()] == [True, False]


def test_a_cover_that_was_chosen_stays():
    cover = factories.photo(is_cover=True)
    cover.post.add_photos([picture()])
    assert cover.post.photos.covers().get() == cover


def test_new_photographs_stand_behind_the_others():
    first = factories.photo(order=5)
    first.post.add_photos([picture(), picture()])
    assert [photo.order for photo in first.post.photos.all()] == [5, 6, 7]


def test_adding_nothing_changes_nothing():
    post = factories.post()
    post.add_photos([])
    assert not post.photos.exists()


def picture():
    return clean_picture(ContentFile(factories.picture_bytes(), name="photo.jpg"))
