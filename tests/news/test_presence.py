"""Staff see who else has the form of a post open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.editing.names import short_name, tell_moment
from news.models import Autosave
from tests import factories
from tests.news.test_autosaves import log_in, send
from tests.news.test_post_admin import change

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture
def post():
    return factories.draft()


@pytest.fixture
def colleague():
    return factories.staff(last_name="Иванова", first_name="Ирина Ивановна")


def present(post, user=None):
    return log_in(user or factories.staff()).get(change(post)).context["present"]


def open_page(user, post, **fields):
    """What the script of a page sends when the page is opened."""
    sent = send(user, post=post.pk, **fields)
    assert sent.status_code == 200
    return sent


def test_who_types_is_named_to_others(post, colleague):
    open_page(colleague, post)
    assert present(post) == [f"Иванова{NBSP}И.{NBSP}И. правит эту публикацию{NBSP}(сейчас)."]


def test_who_only_has_the_form_open_is_named_to_others(post, colleague):
    open_page(colleague, post, entries=[])
    assert present(post) == [f"Иванова{NBSP}И.{NBSP}И. смотрит эту публикацию{NBSP}(сейчас)."]


@pytest.mark.parametrize(("minutes", "shown"), [(2, True), (4, True), (6, False)])
def test_a_sign_of_life_counts_for_five_minutes(post, colleague, minutes, shown):
    open_page(colleague, post)
    Autosave.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes))
    assert bool(present(post)) is shown
    if minutes == 2:
        assert f"(2{NBSP}минуты назад)" in present(post)[0]


def test_nobody_is_warned_of_themselves(post, colleague):
    open_page(colleague, post)
    assert present(post, colleague) == []


def test_who_left_the_page_is_not_named(post, colleague):
    open_page(colleague, post)
    open_page(colleague, post, left=True)
    assert present(post) == []


def test_who_saved_the_form_is_not_named(post, colleague):
    open_page(colleague, post)
    Autosave.objects.get().finish(post)
    assert present(post) == []


def test_two_pages_of_a_colleague_are_one_sentence(post, colleague):
    open_page(colleague, post)
    Autosave.objects.create(user=colleague, post=post, seen_at=timezone.now())
    assert len(present(post)) == 1


def test_answers_tell_who_came_later(post, colleague):
    open_page(colleague, post)
    answer = send(factories.staff(), "00000000-0000-4000-8000-000000000001", post=post.pk)
    assert "Иванова" in answer.json()["present"][0]


def test_a_page_that_is_only_open_does_not_touch_the_entries(post, colleague):
    open_page(colleague, post)
    before = Autosave.objects.get()
    client = log_in(colleague)
    ping = {"user": colleague.pk, "post": post.pk, "page": str(before.page)}
    address = f"/admin/news/post/autosave/{before.pk}/"
    assert client.post(address, ping, "application/json").status_code == 200
    after = Autosave.objects.get()
    assert (after.entries, after.updated_at) == (before.entries, before.updated_at)
    assert after.seen_at > before.seen_at


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"last_name": "Иванова", "first_name": ""}, "Иванова"),
        ({"last_name": "", "first_name": "Ирина", "username": "irina"}, "irina"),
    ],
)
def test_an_account_without_a_full_name_is_still_named(fields, name):
    assert short_name(factories.staff(**fields)) == name


def test_a_moment_of_another_year_has_its_year():
    now = timezone.localtime().replace(month=11, day=29, hour=14, minute=5)
    assert tell_moment(now) == f"29{NBSP}ноября{NBSP}в{NBSP}14:05"
    assert f"ноября{NBSP}2001" in tell_moment(now.replace(year=2001))
