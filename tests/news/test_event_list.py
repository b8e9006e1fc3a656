"""Upcoming events, and the links between an announcement and its report."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from news.models import Post
from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def list_events(client):
    return list(client.get("/events/").context["page"])


def ahead(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def test_upcoming_events_are_listed_nearest_first(client):
    later, sooner = factories.announcement(9), factories.announcement(2)
    assert list_events(client) == [sooner, later]


def test_a_past_event_is_not_listed(client):
    factories.announcement(-1)
    today = factories.announcement(0)
    assert list_events(client) == [today]


def test_an_event_of_several_days_is_listed_until_its_last_day(client):
    lasting = factories.announcement(-3, event_end_date=ahead(0))
    factories.announcement(-3, event_end_date=ahead(-1))
    assert list_events(client) == [lasting]


def test_only_published_announcements_are_listed(client):
    factories.announcement(2, published_at=None)
    factories.announcement(2, published_at=timezone.now() + datetime.timedelta(hours=1))
    factories.post(event_date=ahead(3))
    html = flat(client.get("/events/").content.decode())
    assert 'Новых событий пока не объявлено. <a href="/news/?kind=report">' in html


def test_the_menu_and_the_home_page_link_the_events(client):
    factories.announcement(2)
    html = flat(client.get("/").content.decode())
    assert '<li><a href="/events/">События</a></li>' in html
    assert '<a class="more-link" href="/events/">Все события</a>' in html


def test_the_list_links_the_calendar(client):
    html = client.get("/events/").content.decode()
    assert '<a class="more-link" href="/events.ics">Добавить в календарь</a>' in html


# Announcement and report --------------------------------------------------------------------------


def link(post):
    return f'<a href="{post.get_absolute_url()}">{post}</a>'


def read(client, post):
    return client.get(post.get_absolute_url()).content.decode()


def test_an_announcement_and_its_report_link_each_other(client):
    announcement = factories.announcement(-5, published_at=timezone.now() - datetime.timedelta(9))
    for _ in range(3):
        factories.post()
    report = factories.post(announcement=announcement)
    for page, other, words in (
        (announcement, report, "Как это было"),
        (report, announcement, "Анонс события"),
    ):
        html = read(client, page)
        assert words in html
        assert link(other) in html


def test_an_unpublished_report_or_announcement_is_not_linked(client):
    announcement = factories.announcement(-5)
    report = factories.post(announcement=announcement)
    report.unpublish()
    assert "Как это было" not in read(client, announcement)
    report.publish()
    announcement.unpublish()
    assert "Анонс события" not in read(client, report)


def test_the_neighbours_of_a_report_are_the_nearest_posts(client):
    now = timezone.now()
    announcement = factories.announcement(-5, published_at=now - datetime.timedelta(days=9))
    before = factories.post(published_at=now - datetime.timedelta(days=3))
    report = factories.post(announcement=announcement, published_at=before.published_at)
    after = factories.post(published_at=now - datetime.timedelta(days=1))
    around = client.get(report.get_absolute_url()).context["related"]
    assert (around.previous, around.following) == (before, after)


@pytest.mark.parametrize("kind", ["announcement", "notice"])
def test_only_a_report_can_have_an_announcement(kind):
    announcement = factories.announcement()
    with pytest.raises(IntegrityError, match="post_report_has_announcement"):
        factories.post(kind=kind, event_date=ahead(1), announcement=announcement)


def test_a_report_can_only_refer_to_an_announcement():
    report = factories.post(announcement=factories.post())
    with pytest.raises(ValidationError) as caught:
        report.full_clean()
    assert "announcement" in caught.value.message_dict


def test_deleting_an_announcement_keeps_its_report():
    announcement = factories.announcement()
    report = factories.post(announcement=announcement)
    announcement.delete()
    report.refresh_from_db()
    assert report.announcement is None


def test_the_announcement_field_autocompletes_announcements_only(staff_client):
    announcement = factories.announcement(title="День открытых дверей")
    factories.post(title="День открытых дверей прошёл")
    query = {"app_label": "news", "model_name": "post", "field_name": "announcement"}
    found = staff_client.get("/admin/autocomplete/", {**query, "term": "день"}).json()["results"]
    assert [row["id"] for row in found] == [str(announcement.pk)]


def test_an_event_of_several_days_is_read_out_with_both_ends(client, read_page):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        factories.announcement(1, event_end_date=ahead(3))
        text = read_page(client.get("/events/")).root.text()
    assert "с 3 марта по 5 марта" in text.replace("\u00a0", " ")


def test_events_of_one_day_are_listed_by_hour_then_age(client):
    late, first, second = (
        factories.announcement(event_time=datetime.time(hour)) for hour in (15, 9, 9)
    )
    assert list(Post.objects.published().upcoming()) == [first, second, late]
