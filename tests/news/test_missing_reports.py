"""Announcements of past events: which lack a report, and the report that is begun by a click."""

import datetime

import pytest
from django.utils import timezone

from news.models import Participation, Post
from tests import factories
from tests.news.test_preview_admin import text

pytestmark = pytest.mark.django_db
BASE = "/admin/news/post/"
FILTER = f"{BASE}?report=missing"


def past(**fields):
    return factories.announcement(-3, **fields)


def write(client, post, **options):
    return client.post(f"{BASE}{post.pk}/report/", **options)


def listed():
    return list(Post.objects.lacking_report())


def test_a_past_announcement_without_a_report_lacks_one():
    post = past()
    assert listed() == [post]


def test_the_day_of_the_event_must_be_over():
    factories.announcement(0)
    last_day = timezone.localdate() - datetime.timedelta(days=5)
    factories.announcement(-9, event_end_date=timezone.localdate())
    ended = factories.announcement(-9, event_end_date=last_day)
    assert listed() == [ended]


def test_a_begun_report_a_hidden_announcement_and_other_kinds_lack_nothing():
    factories.draft(announcement=past())
    past(published_at=None)
    factories.post(event_date=datetime.date(2026, 1, 1))
    assert listed() == []


def test_the_latest_event_comes_first():
    old, new = factories.announcement(-30), past()
    assert listed() == [new, old]


def test_the_list_of_posts_can_be_narrowed_to_missing_reports(staff_client):
    post, other = past(title="Круглый стол"), factories.post(title="Субботник")
    page = text(staff_client.get(FILTER))
    assert (post.title in page, other.title in page) == (True, False)
    assert "Событие прошло, репортажа нет" in text(staff_client.get(BASE))


def panel(client):
    """The rows of the panel on the start page, and the address of the others; None without it."""
    panels = client.get("/admin/").context["panels"]
    found = [each for each in panels if each.heading == "Событие прошло, репортажа нет"]
    return (found[0].rows, found[0].more) if found else None


def test_the_start_page_leads_to_announcements_without_a_report(staff_client):
    post = past(title="Круглый стол")
    [row], more = panel(staff_client)
    assert (row.title, row.address, more) == ("Круглый стол", f"{BASE}{post.pk}/change/", "")


def test_the_start_page_is_silent_when_no_report_is_missing(staff_client):
    assert panel(staff_client) is None


def test_the_start_page_shows_missing_reports_only_to_staff_of_the_news(sign_in):
    post = past()
    assert panel(sign_in("view_suggestion")) is None
    [row], _ = panel(sign_in("view_post"))
    assert row.address == post.get_absolute_url()


def test_the_start_page_shows_ten_missing_reports_and_links_the_rest(staff_client):
    for _ in range(11):
        past()
    rows, more = panel(staff_client)
    assert (len(rows), more) == (10, FILTER)


# The report ---------------------------------------------------------------------------------------


def test_a_report_takes_over_what_is_known_of_the_event(staff_client):
    post = past(
        title="Круглый стол",
        topic=factories.topic(),
        place="Актовый зал",
        event_time=datetime.time(10),
        event_end_date=timezone.localdate() - datetime.timedelta(days=2),
    )
    host, guest = factories.partner(), factories.partner()
    Participation.objects.create(post=post, partner=guest, order=2)
    Participation.objects.create(post=post, partner=host, order=1, is_host=True)
    response = write(staff_client, post)
    report = Post.objects.get(announcement=post)
    assert response.headers["Location"] == f"{BASE}{report.pk}/change/"
    for name in ("title", "topic", "place", "event_date", "event_end_date", "event_time"):
        assert getattr(report, name) == getattr(post, name)
    assert (report.kind, report.published_at, report.body) == ("report", None, "")
    rows = report.participations.values_list("partner", "is_host")
    assert list(rows) == [(host.pk, True), (guest.pk, False)]


def test_a_second_click_opens_the_begun_report(staff_client):
    post = past()
    first, second = write(staff_client, post), write(staff_client, post, follow=True)
    assert Post.objects.filter(announcement=post).count() == 1
    assert second.redirect_chain[-1][0] == first.headers["Location"]
    assert "Этот репортаж уже начат" in text(second)


def test_the_form_of_a_past_announcement_has_the_button(staff_client):
    post, ahead = past(), factories.announcement(3)
    assert f"{post.pk}/report/" in text(staff_client.get(f"{BASE}{post.pk}/change/"))
    assert f"{ahead.pk}/report/" not in text(staff_client.get(f"{BASE}{ahead.pk}/change/"))


def test_the_history_says_who_began_the_report(staff_client):
    post = past()
    write(staff_client, post)
    report = Post.objects.get(announcement=post)
    assert "Начат из анонса" in text(staff_client.get(f"{BASE}{report.pk}/history/"))


def test_only_an_announcement_becomes_a_report(staff_client):
    assert write(staff_client, factories.post()).status_code == 404


def test_a_report_needs_the_permission_to_add_and_change_posts(sign_in):
    post = past()
    for codenames in (["view_post"], ["add_post", "view_post"], ["change_post"]):
        assert write(sign_in(*codenames), post).status_code in (403, 404)
    assert sign_in("change_post").get(f"{BASE}{post.pk}/report/").status_code == 405
    assert Post.objects.count() == 1
    assert write(sign_in("add_post", "change_post"), post).status_code == 303
