"""The HTML of cards, which is stored under all that a card shows."""

import pytest
import time_machine
from django.core.cache import cache
from django.template.loader import get_template

from college_site.pages.accessible_version import COOKIE, NO_PICTURES
from news.models import Photo, Post, Topic
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/news/"
WORDS = "Первый урок"
# What another process may change, without a signal in this one.
CHANGES = {
    "the title": lambda: Post.objects.update(title=WORDS),
    "the lead": lambda: Post.objects.update(lead=WORDS),
    "the topic's title": lambda: Topic.objects.update(title=WORDS),
    "the description of the cover": lambda: Photo.objects.update(alt=WORDS),
}


@pytest.fixture(autouse=True)
def _no_stored_cards():
    cache.clear()


@pytest.fixture
def covered_post():
    post = factories.post(topic=factories.topic())
    factories.photo(post, is_cover=True)
    return post


def show_list(client):
    return client.get(URL).content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_by_another_process_shows_at_once(client, covered_post, change):
    assert WORDS not in show_list(client)
    change()
    assert WORDS in show_list(client)


def test_finished_renditions_show_at_once(client, covered_post):
    assert "image/avif" not in show_list(client)
    Photo.objects.update(renditions_due_at=None)
    assert "image/avif" in show_list(client)


def test_another_cover_shows_at_once(client, covered_post):
    other = factories.photo(covered_post)
    assert other.key not in show_list(client)
    Photo.objects.update(is_cover=False)
    Photo.objects.filter(pk=other.pk).update(is_cover=True)
    assert other.key in show_list(client)


def test_a_withdrawn_post_has_no_card(client, covered_post):
    assert covered_post.title in show_list(client)
    Post.objects.update(published_at=None)
    assert covered_post.title not in show_list(client)


def test_a_card_tells_of_an_event_that_is_over(client):
    with time_machine.travel("2026-11-29 23:50+04:00", tick=False):
        factories.announcement(days_ahead=0)
        assert "событие прошло" not in show_list(client)
    with time_machine.travel("2026-11-30 00:10+04:00", tick=False):
        assert "событие прошло" in show_list(client)


def test_a_version_without_pictures_has_cards_of_its_own(client, covered_post):
    assert covered_post.cover.key in show_list(client)
    client.cookies[COOKIE] = NO_PICTURES
    assert covered_post.cover.key not in show_list(client)


def test_an_unchanged_card_is_rendered_once(client, covered_post, monkeypatch):
    rendered = []
    monkeypatch.setattr(Photo, "fallback_url", property(lambda photo: rendered.append(photo)))
    show_list(client)
    show_list(client)
    assert len(rendered) == 1


def test_a_card_shows_nothing_that_is_not_loaded(covered_post, django_assert_num_queries):
    post = Post.objects.published().for_cards().get()
    with django_assert_num_queries(0):
        assert covered_post.title in get_template("news/_post_card.html").render({"post": post})
