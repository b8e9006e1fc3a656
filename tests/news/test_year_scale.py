"""The academic year as a scale under the masthead of the home page."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from news.year_scale import year_scale
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def scale():
    """A function that builds the scale as of a day."""

    def build(day="2026-11-29"):
        with time_machine.travel(f"{day} 12:00+04:00", tick=False):
            return year_scale()

    return build


def announce(day, **fields):
    published_at = timezone.make_aware(datetime.datetime(2026, 9, 1))
    event_date = datetime.date.fromisoformat(day)
    return factories.announcement(
        **{"event_date": event_date, "published_at": published_at, **fields}
    )


def test_the_scale_reaches_from_september_to_june(scale):
    names = [month.name for month in scale().months]
    assert (names[0], names[-1], len(names)) == ("сентябрь", "июнь", 10)
    assert scale().days == 303


def test_a_leap_year_is_a_day_longer(scale):
    assert scale("2027-12-01").days == 304


def test_months_stand_at_their_first_days(scale):
    places = [month.place for month in scale().months]
    assert places[:3] == ["0.00%", "9.90%", "20.13%"]


def test_a_month_with_posts_links_the_archive(scale):
    factories.post(published_at=timezone.make_aware(datetime.datetime(2026, 10, 5)))
    assert [month.url for month in scale().months[:3]] == ["", "/news/2026-2027/10/", ""]


def test_months_before_the_newest_posts_link_the_archive(scale, monkeypatch):
    monkeypatch.setattr("news.year_scale.MAX_POSTS", 2)
    for month in (9, 11, 11):
        factories.post(published_at=timezone.make_aware(datetime.datetime(2026, month, 5)))
    linked = [month.name for month in scale().months if month.url]
    assert linked == ["сентябрь", "ноябрь"]


def test_a_post_of_the_first_hour_counts_for_its_month(scale):
    factories.post(published_at=timezone.make_aware(datetime.datetime(2026, 10, 1, 0, 30)))
    assert [month.name for month in scale().months if month.url] == ["октябрь"]


def test_the_present_month_and_today_are_marked(scale):
    assert [month.name for month in scale().months if month.is_current] == ["ноябрь"]
    assert scale().today == "29.37%"


def test_in_summer_the_past_year_is_shown_without_today(scale):
    summer = scale("2027-07-15")
    assert summer.year.slug == "2026-2027"
    assert summer.today == ""


@pytest.mark.parametrize(("day", "monday"), [("2025-12-01", 0), ("2026-12-01", 6)])
def test_the_longer_ticks_stand_at_mondays(scale, day, monday):
    assert scale(day).first_monday == monday


def test_each_day_with_an_announced_event_has_one_tick(scale):
    for _ in range(2):
        announce("2026-12-07")
    announce("2027-06-29", event_end_date=datetime.date(2027, 6, 30))
    assert scale().events == ["32.01%", "99.34%"]


def test_only_published_announcements_of_the_year_have_ticks(scale):
    announce("2026-12-07", published_at=None)
    announce("2026-12-08", kind="report")
    for day in ("2026-08-31", "2027-07-01"):
        announce(day)
    assert scale().events == []


def test_the_scale_takes_two_queries(scale, django_assert_num_queries):
    factories.announcement()
    with django_assert_num_queries(2):
        scale()


def test_the_home_page_links_the_months_with_posts(client, read_page):
    with time_machine.travel("2026-11-29 12:00+04:00", tick=False):
        factories.post()
        root = read_page(client.get("/")).root
    scale = next(nav for nav in root.all("nav") if "по месяцам" in nav.get("aria-label", ""))
    links = [(link.text(), link["href"], link["aria-current"]) for link in scale.all("a")]
    assert links == [("ноябрь", "/news/2026-2027/11/", "date")]
