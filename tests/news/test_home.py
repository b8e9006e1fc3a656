"""The home page: newest posts, upcoming events, the link to the suggestion box."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db


def titles(root, *classes):
    """The post titles on a page, in order."""
    return [heading.text() for heading in root.all("h3")]


@pytest.fixture
def home(client, read_page):
    """A function that opens the home page; returns its parsed root."""
    return lambda: read_page(client.get("/")).root


def test_the_home_page_without_posts_says_so(home):
    assert "Новостей пока нет" in home().text()


def test_the_newest_posts_are_shown(home):
    posts = [
        factories.post(published_at=timezone.now() - datetime.timedelta(hours=hours))
        for hours in range(1, 9)
    ]
    assert titles(home()) == [post.title for post in posts[:7]]


def test_a_draft_is_not_shown(home):
    draft = factories.draft()
    factories.post()
    assert draft.title not in home().text()


def test_a_scheduled_post_is_not_shown_yet(home):
    post = factories.post(published_at=timezone.now() + datetime.timedelta(hours=1))
    assert post.title not in home().text()


def test_a_scheduled_post_is_shown_once_published(home):
    moment = timezone.now() + datetime.timedelta(hours=1)
    post = factories.post(published_at=moment)
    with time_machine.travel(moment + datetime.timedelta(seconds=1), tick=False):
        assert post.title in home().text()


def test_each_post_is_shown_once(home):
    posts = [factories.post() for _ in range(5)]
    factories.photo(post=posts[0], is_cover=True)
    shown = titles(home())
    assert sorted(shown) == sorted(post.title for post in posts)


def test_the_lead_picture_has_high_fetch_priority(home):
    factories.photo(is_cover=True)
    image = next(home().all("img"))
    assert image["fetchpriority"] == "high"
    assert image.get("loading") is None


def test_the_other_pictures_are_loaded_lazily(home):
    for _ in range(3):
        factories.photo(is_cover=True)
    loading = [image.get("loading") for image in home().all("img")]
    assert loading == [None, "lazy", "lazy"]


def test_a_post_without_a_cover_gets_a_typographic_one(home):
    factories.post(published_at=timezone.make_aware(datetime.datetime(2022, 2, 24)))
    cover = next(element for element in home().all("div") if element.get("aria-hidden") == "true")
    assert cover.text() == "24 февраля 2022"


def events(home):
    section = next(
        (section for section in home().all("section") if section["aria-labelledby"] == "events"),
        None,
    )
    return section and [heading.text() for heading in section.all("h3")]


def test_the_next_three_events_are_shown_nearest_first(home):
    far, near, middle, last = (factories.announcement(days) for days in (20, 2, 5, 30))
    assert events(home) == [post.title for post in (near, middle, far)]
    assert last.title


def test_an_event_of_today_is_shown(home):
    today = factories.announcement(0)
    assert events(home) == [today.title]


def test_a_past_event_is_not_shown(home):
    factories.announcement(-1)
    assert events(home) is None


def test_an_event_of_several_days_is_shown_until_its_last_day(home):
    today = timezone.localdate()
    post = factories.announcement(-2, event_end_date=today)
    assert events(home) == [post.title]


def test_no_event_is_shown_among_the_news_as_well(home):
    nearest = [factories.announcement(days) for days in (2, 5, 9)]
    later, report = factories.announcement(30), factories.post()
    shown = titles(home())
    assert sorted(shown) == sorted(post.title for post in (*nearest, later, report))


def test_an_announcement_among_the_news_tells_the_time_of_its_event(home):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        for days in range(1, 4):
            factories.announcement(days)
        factories.announcement(20, event_time=datetime.time(9, 5))
        text = home().text().replace("\u00a0", " ")
    assert "22 марта 2026 года, начало в 9:05" in text
    assert "2 марта 2026 года" not in text.replace("22 марта", "")


def test_a_report_is_not_shown_as_an_event(home):
    factories.post(event_date=timezone.localdate())
    assert events(home) is None


def test_a_draft_announcement_is_not_shown(home):
    factories.announcement(3, published_at=None)
    assert events(home) is None


def test_an_event_shows_date_time_and_place(home):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        factories.announcement(3, event_time=datetime.time(9, 5), place="Актовый зал")
        text = home().text()
    assert "5 марта, четверг" in text.replace("\u00a0", " ")
    assert "Начало в 9:05" in text
    assert "Актовый зал" in text


def test_the_day_of_an_event_follows_the_local_time_zone(home):
    with time_machine.travel("2026-03-05 21:00+00:00", tick=False):  # in Saratov: 6 March, 01:00
        factories.post(
            kind="announcement", event_date=datetime.date(2026, 3, 5), published_at=timezone.now()
        )
        assert events(home) is None


def test_the_feedback_invitation_comes_from_the_college(home):
    factories.college(feedback_heading="Пишите нам", feedback_invitation="Ждём идей.")
    assert "Ждём идей." in home().text()


def test_titles_are_escaped(home):
    factories.post(title="<script>alert(1)</script>", lead="<b>x</b>")
    executed = [each for each in home().all("script") if each.get("type") != "application/ld+json"]
    assert not executed
    assert [each.text() for each in home().all("b")] == ["Репортаж"]
