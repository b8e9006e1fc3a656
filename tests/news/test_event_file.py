"""The calendar of one event, read back by a parser."""

import datetime

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(client):
    """A function that reads the event of a post from its calendar."""

    def read(post):
        answer = client.get(f"{post.get_absolute_url()}event.ics")
        calendar = Calendar.from_ical(answer.content)
        assert len(calendar.events) == 1
        return calendar.events[0]

    return read


def test_an_event_with_a_time_has_the_local_time_zone(client, event):
    post = factories.post(
        event_date=datetime.date(2026, 2, 24), event_time=datetime.time(10), place="Актовый зал"
    )
    found = event(post)
    start = found.decoded("dtstart")
    assert start == datetime.datetime(2026, 2, 24, 6, tzinfo=datetime.UTC)
    assert found["dtstart"].params["TZID"] == "Europe/Saratov"
    assert found.get("dtend") is None
    assert found["location"] == "Актовый зал"
    zones = Calendar.from_ical(client.get(f"{post.get_absolute_url()}event.ics").content).timezones
    assert [str(zone["tzid"]) for zone in zones] == ["Europe/Saratov"]


def test_an_event_without_a_time_lasts_the_whole_day(event):
    found = event(factories.post(event_date=datetime.date(2026, 2, 24)))
    assert found.decoded("dtstart") == datetime.date(2026, 2, 24)
    assert found.decoded("dtend") == datetime.date(2026, 2, 25)


def test_an_event_of_several_days_ends_after_its_last_day(event):
    post = factories.post(
        event_date=datetime.date(2026, 2, 24),
        event_end_date=datetime.date(2026, 2, 26),
        event_time=datetime.time(9, 30),
    )
    found = event(post)
    assert found.decoded("dtstart") == datetime.date(2026, 2, 24)
    assert found.decoded("dtend") == datetime.date(2026, 2, 27)
    assert found["description"].startswith("Начало в\u00a009:30.\n")


def test_an_event_contains_title_lead_and_url(event):
    post = factories.announcement(title="День; открытых, дверей\x0b", lead="Приходите!")
    found = event(post)
    url = f"http://testserver{post.get_absolute_url()}"
    assert found["summary"] == "День; открытых, дверей"
    assert found["description"] == f"Приходите!\n{url}"
    assert found["url"] == url


def test_a_changed_event_keeps_its_uid_with_a_higher_sequence(event):
    post = factories.announcement()
    before = event(post)
    moment = timezone.now() + datetime.timedelta(minutes=5)
    type(post).objects.update(updated_at=moment, slug="renamed")
    post.refresh_from_db()
    after = event(post)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") == moment.replace(microsecond=0)


def test_an_event_is_served_as_an_icalendar_file(client):
    answer = client.get(f"{factories.announcement(slug='den').get_absolute_url()}event.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="den.ics"'
    assert b"\r\n" in answer.content
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": None},
        {"published_at": datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)},
        {"kind": "notice", "event_date": None},
    ],
)
def test_an_unpublished_or_missing_event_is_not_found(client, fields):
    post = factories.announcement(**fields)
    assert client.get(f"{post.get_absolute_url()}event.ics").status_code == 404


def test_the_page_of_an_upcoming_event_links_the_file(client):
    post = factories.announcement(days_ahead=0)
    assert (
        f'href="{post.get_absolute_url()}event.ics"'
        in client.get(post.get_absolute_url()).content.decode()
    )


def test_the_page_of_a_past_event_does_not_link_the_file(client):
    post = factories.announcement(days_ahead=-1)
    assert "event.ics" not in client.get(post.get_absolute_url()).content.decode()


def test_the_place_has_no_control_characters(event):
    assert event(factories.announcement(place="Актовый\x0b зал"))["location"] == "Актовый зал"
