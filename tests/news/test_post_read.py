"""Reads of a post are counted without a cookie, an address, a robot or a member of staff."""

import datetime
import time
from unittest.mock import Mock

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from news import read_buffer
from news.admin import PostAdmin
from news.models import Reads
from news.models.reads import KEPT_DAYS, delete_old_reads
from tests import factories
from tests.clients import browser
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


@pytest.fixture
def post():
    return factories.post(slug="den")


@pytest.fixture(autouse=True)
def store_at_once(monkeypatch):
    monkeypatch.setattr(read_buffer, "PAUSE", 0)
    yield
    read_buffer.waiting.clear()


def read(client, slug="den", agent=READER, **headers):
    return client.post(f"/news/{slug}/read/", headers={"User-Agent": agent, **headers})


def total():
    return sum(Reads.objects.values_list("count", flat=True))


def test_a_read_is_counted(client, post):
    response = read(client)
    assert (response.status_code, response.content) == (204, b"")
    assert not response.cookies
    for _ in range(2):
        read(client)
    row = Reads.objects.get()
    assert (row.post, row.day, row.count) == (post, timezone.localdate(), 3)


def test_most_reads_only_look_the_post_up(client, post, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(read_buffer, "PAUSE", 10)
    monkeypatch.setattr(read_buffer, "stored_at", time.monotonic())
    with django_assert_num_queries(3):
        for _ in range(3):
            read(client)
    assert total() == 0
    monkeypatch.setattr(read_buffer, "stored_at", time.monotonic() - 10)
    read(client)
    assert total() == 4


def test_reads_that_cannot_be_stored_wait(client, post, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Reads, "add", Mock(side_effect=OperationalError("database is locked")))
        assert read(client).status_code == 204
    read(client)
    assert total() == 2


def test_a_post_deleted_meanwhile_loses_its_reads_only(client, post, monkeypatch):
    other = factories.post()
    read_buffer.waiting.update({(post.pk, DAY): 2, (other.pk, DAY): 3})
    post.delete()
    read_buffer.store_waiting()
    assert list(Reads.objects.values_list("post", "day", "count")) == [(other.pk, DAY, 3)]


def test_each_day_has_a_number_of_its_own(client, post):
    read(client)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1), tick=False):
        read(client)
    assert [row.count for row in Reads.objects.all()] == [1, 1]


@pytest.mark.parametrize("slug", ["no-such", "draft", "later", "x" * 400])
def test_what_is_not_published_is_not_found(client, slug):
    factories.draft(slug="draft")
    factories.post(slug="later", published_at=timezone.now() + datetime.timedelta(days=1))
    assert read(client, slug).status_code == 404
    assert total() == 0


@pytest.mark.parametrize(
    "agent",
    ["", "Mozilla/5.0 (compatible; YandexBot/3.0)", "HeadlessChrome/140", "TelegramBot (like)"],
)
def test_a_robot_is_answered_and_not_counted(client, post, agent):
    assert read(client, agent=agent).status_code == 204
    assert total() == 0


def test_staff_are_not_counted(post):
    assert read(log_in(factories.staff())).status_code == 204
    assert total() == 0


def test_a_visitor_with_a_session_of_nobody_is_counted(client, post):
    client.cookies["sessionid"] = "x" * 32
    read(client)
    assert total() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_counts_nothing(post, headers):
    assert read(browser(), **headers).status_code == 403
    assert total() == 0


def test_only_a_post_request_counts(client, post):
    assert client.get("/news/den/read/").status_code == 405
    assert total() == 0


def test_a_read_does_not_change_the_page_that_browsers_have_stored(client, post):
    factories.college()
    etag = client.get("/news/den/").headers["ETag"]
    read(client)
    again = client.get("/news/den/", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_the_page_sends_no_read_from_a_preview(staff_client, post):
    page = staff_client.get("/news/den/").content.decode()
    preview = staff_client.get(f"/admin/news/post/{post.pk}/preview/page/").content.decode()
    assert ("js/news/reads.js" in page, "js/news/reads.js" in preview) == (True, False)


def test_old_days_are_deleted_by_the_worker(post):
    today = timezone.localdate()
    for days in (0, KEPT_DAYS, KEPT_DAYS + 1):
        Reads.objects.create(post=post, day=today - datetime.timedelta(days=days), count=1)
    assert delete_old_reads()
    assert not delete_old_reads()
    assert Reads.objects.count() == 2


# What staff see -----------------------------------------------------------------------------------


def count(post, number, days_ago=0):
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    Reads.objects.create(post=post, day=day, count=number)


def chart(client):
    panels = client.get("/admin/").context["panels"]
    return next((p for p in panels if p.heading == "Читали за 30 дней"), None)


def test_the_start_page_shows_what_was_read_most_in_thirty_days(staff_client, read_page):
    posts = [factories.post(title=f"Новость {number}") for number in range(12)]
    for number, post in enumerate(posts):
        count(post, number + 1)
        count(post, 10, days_ago=29)
        count(post, 1000, days_ago=30)
    hidden = factories.post(title="Скрыта")
    count(hidden, 5000)
    hidden.unpublish()
    panel = chart(staff_client)
    assert [(row.title, row.count) for row in panel.rows] == [
        (f"Новость {number}", number + 11) for number in range(11, 1, -1)
    ]
    table = read_page(staff_client.get("/admin/")).root
    widths = [bar["width"] for bar in table.all("rect") if bar.get("height") == "1"]
    assert widths == [str(row.count) for row in panel.rows]


def test_nothing_read_shows_no_chart(staff_client, post):
    count(post, 3, days_ago=31)
    assert chart(staff_client) is None


def test_the_list_of_posts_shows_reads_and_sorts_by_them(staff_client):
    for number in (3, 7, 5):
        count(factories.post(title=f"Новость {number}"), number)
    factories.post(title="Никто")
    page = staff_client.get(
        f"/admin/news/post/?o=-{1 + PostAdmin.list_display.index('read_count')}"
    )
    shown = [(post.title, post.read_total) for post in page.context["cl"].result_list]
    assert shown == [("Новость 7", 7), ("Новость 5", 5), ("Новость 3", 3), ("Никто", 0)]


def test_the_form_of_a_published_post_says_how_often_it_was_read(staff_client, post):
    form = f"/admin/news/post/{post.pk}/change/"
    assert "Прочтений: пока нет." in staff_client.get(form).content.decode()
    count(post, 3, days_ago=20)
    count(post, 4)
    assert "Прочтений: 7." in staff_client.get(form).content.decode()
    draft = factories.draft()
    form = f"/admin/news/post/{draft.pk}/change/"
    assert "Прочтений" not in staff_client.get(form).content.decode()
