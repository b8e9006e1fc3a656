"""A published post that gets a moment ahead disappears until then and remembers the former one."""

import datetime

import pytest
import time_machine

from news.models import Post
from tests import factories
from tests.news.test_publishing import LATER, NOW, ONCE, buttons, press, text

pytestmark = pytest.mark.django_db
BACK = "Вернуть прежнее время: 24 февраля 2022 в 10:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def rescheduled(staff_client):
    post = factories.post(published_at=ONCE)
    response = press(staff_client, "_save", post, LATER)
    assert "Прежнее время" in text(response)
    post.refresh_from_db()
    return post


def test_it_disappears_and_remembers_the_former_moment(client, rescheduled):
    assert (rescheduled.published_at, rescheduled.withdrawn_from) == (LATER, ONCE)
    assert client.get(rescheduled.get_absolute_url()).status_code == 404


def test_one_click_gives_the_former_moment_back(staff_client, rescheduled):
    assert BACK in buttons(staff_client, rescheduled)
    press(staff_client, "_republish", rescheduled)
    assert Post.objects.published().get().published_at == ONCE


def test_a_second_moment_ahead_does_not_replace_the_former_one(staff_client, rescheduled):
    press(staff_client, "_save", rescheduled, LATER + datetime.timedelta(days=3))
    rescheduled.refresh_from_db()
    assert rescheduled.withdrawn_from == ONCE


def test_a_post_that_was_never_published_has_no_such_button(staff_client):
    post = factories.post(published_at=LATER)
    assert not any("прежн" in label.lower() for label in buttons(staff_client, post))


def test_correcting_a_moment_in_the_past_remembers_nothing(staff_client):
    post = factories.post(published_at=ONCE)
    press(staff_client, "_save", post, ONCE + datetime.timedelta(days=3))
    post.refresh_from_db()
    assert post.withdrawn_from is None


def test_feeds_know_the_post_again_when_it_comes_out(client, staff_client):
    post = factories.post(published_at=ONCE)
    before = client.get("/feed/feed.json").json()["items"][0]["id"]
    press(staff_client, "_save", post, LATER)
    assert client.get("/feed/feed.json").json()["items"] == []
    with time_machine.travel(LATER + datetime.timedelta(minutes=1)):
        assert client.get("/feed/feed.json").json()["items"][0]["id"] == before


def test_its_address_leads_on_after_it_was_changed_while_hidden(client, rescheduled):
    rescheduled.slug, old = "novyj", rescheduled.slug
    rescheduled.save()
    with time_machine.travel(LATER + datetime.timedelta(minutes=1)):
        assert client.get(f"/news/{old}/").url == "/news/novyj/"
