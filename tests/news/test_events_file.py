"""The calendar of all upcoming events."""

import pytest
from icalendar import Calendar

from tests import factories

pytestmark = pytest.mark.django_db


def summaries(client):
    calendar = Calendar.from_ical(client.get("/events.ics").content)
    return [str(event["summary"]) for event in calendar.events]


def test_the_calendar_contains_upcoming_events_nearest_first(client):
    factories.announcement(9, title="Потом")
    factories.announcement(0, title="Сегодня")
    factories.announcement(-1, title="Вчера")
    factories.post(title="Без события")
    assert summaries(client) == ["Сегодня", "Потом"]


def test_draft_scheduled_and_deleted_announcements_are_left_out(client):
    factories.announcement(published_at=None)
    factories.announcement(published_at="2100-01-01T00:00Z")
    factories.announcement().delete()
    assert summaries(client) == []


def test_the_calendar_has_the_name_of_the_college(client):
    factories.college()
    calendar = Calendar.from_ical(client.get("/events.ics").content)
    assert calendar["x-wr-calname"] == "События: Учебный техникум"
    assert calendar["prodid"] == "-//College portal//Events//RU"


def test_the_calendar_has_no_invitation_method(client):
    """A METHOD turns an event into an invitation and requires an ORGANIZER (RFC 5546, 3.2.1)."""
    factories.announcement()
    assert "method" not in Calendar.from_ical(client.get("/events.ics").content)


def test_the_calendar_is_limited_and_takes_two_queries(
    client, django_assert_num_queries, monkeypatch
):
    factories.college()
    monkeypatch.setattr("news.views.feeds.EVENTS", 3)
    for _ in range(4):
        factories.announcement()
    with django_assert_num_queries(2):
        assert len(summaries(client)) == 3


def test_the_home_page_links_the_calendar(client):
    factories.announcement()
    assert 'href="/events.ics"' in client.get("/").content.decode()
