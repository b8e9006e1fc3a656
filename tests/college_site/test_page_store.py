"""Stored pages: what is served without Django, what never is, and until when."""

import datetime
from unittest.mock import Mock

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.utils import DatabaseErrorWrapper
from django.test import RequestFactory
from django.utils import timezone

from college_site.http import page_store
from college_site.http.page_store import LeastRecentlyUsed, StoredPage, store_pages
from college_site.models import College
from college_site.pages.accessible_version import COOKIE
from college_site.wsgi import django_application
from feedback.models import Publication
from feedback.public_answers import votes
from news.models import Post
from tests import factories
from tests.stored_pages import NOON, Server

pytestmark = pytest.mark.django_db


def text_of(visit):
    return visit[2].decode()


# Served -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/news/", "/feedback/", "/sitemap.xml", "/feed/rss.xml"])
def test_the_second_answer_is_the_first_one_without_django(server, path):
    factories.post()
    first = server.visit(path, accept_encoding="br")
    assert server.visit(path, accept_encoding="br") == first
    assert server.rendered == [path]


def test_a_stored_page_reads_the_token_and_nothing_else(
    server, monkeypatch, django_assert_num_queries
):
    server.visit("/")
    read_token = Mock(wraps=page_store.read_token)
    monkeypatch.setattr(page_store, "read_token", read_token)
    with django_assert_num_queries(0):  # of Django's cursors
        server.visit("/")
    read_token.assert_called_once_with()


def test_a_thread_without_a_connection_opens_one(server, monkeypatch):
    server.visit("/")
    own = Mock(connection=None, wrap_database_errors=connection.wrap_database_errors)
    own.ensure_connection = lambda: own.configure_mock(connection=connection.connection)
    monkeypatch.setattr(page_store, "connections", {DEFAULT_DB_ALIAS: own})
    assert server.is_stored("/")


def test_cookies_that_change_no_page_share_it(server):
    server.visit("/")
    assert server.is_stored("/", cookie="csrftoken=a; sessionid=b; _ym_uid=c")


def test_the_accessible_version_has_a_page_of_its_own(server):
    server.visit("/")
    assert 'class="accessible-version size-2"' in text_of(
        server.visit("/", cookie=f"{COOKIE}=size-2")
    )
    assert server.is_stored("/", cookie=f"{COOKIE}=size-2.unknown")
    assert 'class="accessible-version size-2"' not in text_of(server.visit("/"))


def test_each_encoding_has_a_page_of_its_own(server):
    factories.post()
    encodings = {
        header: server.visit("/", accept_encoding=header)[1].get("Content-Encoding")
        for header in ("gzip, br", "gzip, br;q=0", "br;q=0", "")
    }
    assert encodings == {"gzip, br": "br", "gzip, br;q=0": "gzip", "br;q=0": None, "": None}


def test_head_has_the_headers_of_the_stored_page_and_no_body(server):
    _, headers, _ = server.visit("/")
    assert server.visit("/", method="HEAD") == (200, headers, b"")
    assert server.rendered == ["/"]


def test_the_hosts_of_players_stay_in_the_policy_of_their_page(server):
    post = factories.post()
    factories.video(post)
    path = post.get_absolute_url()
    for _ in range(2):
        assert "frame-src https://" in server.visit(path)[1]["Content-Security-Policy"]
    assert server.rendered == [path]


# Not modified -------------------------------------------------------------------------------------


def test_an_answer_not_modified_is_that_of_django(server):
    etag = server.visit("/")[1]["ETag"]
    stored = server.visit("/", if_none_match=etag)
    assert server.rendered == ["/"]
    headers = Server().visit("/", if_none_match=etag)[1]
    del headers["Content-Length"]  # 0, and not that of the page
    assert stored == (304, headers, b"")


@pytest.mark.parametrize("header", ["*", '"a", {}', "{}", "strong"])
def test_a_browser_that_has_the_page_is_told_so(server, header):
    etag = server.visit("/")[1]["ETag"]
    known = etag.removeprefix("W/") if header == "strong" else header.format(etag)
    assert server.visit("/", if_none_match=known)[0] == 304


def test_a_browser_that_has_another_page_gets_this_one(server):
    server.visit("/")
    assert server.visit("/", if_none_match='W/"other"')[0] == 200


def test_a_browser_with_the_date_of_the_page_is_told_so(server, clock):
    clock.shift(60)
    changed = server.visit("/")[1]["Last-Modified"]
    assert server.visit("/", if_modified_since=changed)[0] == 304
    assert server.visit("/", if_modified_since="Thu, 01 Jan 2026 00:00:00 GMT")[0] == 200
    assert server.rendered == ["/"]


# Never served again -------------------------------------------------------------------------------


def test_a_withdrawn_post_is_not_served_again(server):
    post = factories.post()
    path = post.get_absolute_url()
    server.visit(path)
    post.published_at = None
    post.save()
    assert server.visit(path)[0] == 404


def test_a_page_that_changed_while_it_was_rendered_is_not_served(server):
    post = factories.post(title="Первый заголовок")

    def render_slowly(environ, start_response):
        response = django_application(environ, start_response)
        Post.objects.get().save()
        return response

    application = store_pages(render_slowly, server.store)
    environ = RequestFactory().get(post.get_absolute_url()).environ
    application(environ, lambda *head: None)
    assert not server.is_stored(post.get_absolute_url())


def test_a_scheduled_post_appears_at_its_moment(server, clock):
    factories.post(title="Скоро", published_at=NOON + datetime.timedelta(minutes=10))
    assert "Скоро" not in text_of(server.visit("/news/"))
    clock.shift(599)
    assert server.is_stored("/news/")
    clock.shift(1)
    assert "Скоро" in text_of(server.visit("/news/"))


def test_a_scheduled_answer_appears_at_its_moment(server, clock):
    publication = factories.publication(title="Лавочки стоят")
    later = NOON + datetime.timedelta(minutes=10)
    Publication.objects.filter(pk=publication.pk).update(published_at=later)
    assert "Лавочки стоят" not in text_of(server.visit("/feedback/answers/"))
    clock.shift(600)
    assert "Лавочки стоят" in text_of(server.visit("/feedback/answers/"))


def test_a_post_leaves_the_news_sitemap_after_two_days(server, clock):
    post = factories.post(published_at=NOON - datetime.timedelta(hours=47))
    assert post.slug in text_of(server.visit("/sitemap-news.xml"))
    clock.shift(3600 + 1)
    assert post.slug not in text_of(server.visit("/sitemap-news.xml"))


def test_pages_end_at_midnight_of_the_college(server, clock):
    factories.announcement(days_ahead=0, title="День открытых дверей")
    assert "День открытых дверей" in text_of(server.visit("/events/"))
    midnight = timezone.localtime().replace(hour=0, minute=0) + datetime.timedelta(days=1)
    clock.move_to(midnight - datetime.timedelta(seconds=1))
    assert server.is_stored("/events/")
    clock.move_to(midnight)
    assert not server.is_stored("/events/")


# Never stored -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/feedback/new/", "/feedback/status/", "/none/", "/healthz"])
def test_forms_and_errors_are_not_stored(server, path):
    server.visit(path)
    assert not server.is_stored(path)


def test_the_answer_that_a_browser_voted_for_is_its_own(server):
    path = factories.publication().get_absolute_url()
    server.visit(path)
    assert not server.is_stored(path, cookie=f"{votes.COOKIE}=x")
    assert server.is_stored(path)


def test_a_page_with_a_nonce_is_not_stored(server, monkeypatch):
    policy = "script-src 'nonce-abc'"

    def render(environ, start_response):
        response = django_application(environ, start_response)
        response.headers["Content-Security-Policy"] = policy
        return response

    server.application = store_pages(render, server.store)
    server.visit("/")
    assert server.store.plain.pages == {}


def test_the_scheme_is_what_the_trusted_proxy_says(server, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    server = Server()
    server.visit("/", x_forwarded_proto="https")
    assert server.is_stored("/", x_forwarded_proto="https")
    assert not server.is_stored("/", x_forwarded_proto="http")


def test_a_page_of_one_host_is_not_served_for_another(server):
    server.visit("/")
    assert server.visit("/", host="evil.example")[0] == 400


# When the database does not answer ----------------------------------------------------------------


def test_a_database_that_fails_is_answered_as_without_a_store(server, monkeypatch):
    server.visit("/")
    failing = Mock(Database=connection.Database)
    failing.wrap_database_errors = DatabaseErrorWrapper(failing)
    failing.connection.execute.side_effect = failing.Database.OperationalError("disk I/O error")
    monkeypatch.setattr(page_store, "connections", {DEFAULT_DB_ALIAS: failing})
    assert server.visit("/")[0] == 200
    assert server.rendered == ["/", "/"]
    failing.close_if_unusable_or_obsolete.assert_called()


def test_a_site_without_a_college_stores_nothing(server):
    College.objects.all().delete()
    server.visit("/")
    assert not server.is_stored("/")


# Bounds -------------------------------------------------------------------------------------------


def test_a_flood_of_searches_sweeps_no_plain_page(server, monkeypatch):
    monkeypatch.setattr(server.store.other, "most_bytes", 30_000)
    server.visit("/")
    for number in range(20):
        server.visit(f"/search/?q={number}")
    assert server.is_stored("/")
    assert 0 < server.store.other.size <= 30_000


def page(size):
    return StoredPage([], [], b"x" * size, 'W/"1"', "", frozenset())


def test_the_page_that_was_not_read_longest_goes_first():
    pages = LeastRecentlyUsed(3 * page(1000).size)
    for key in "abc":
        pages.add(key, page(1000))
    pages.find("a")
    pages.add("d", page(1000))
    assert list(pages.pages) == ["c", "a", "d"]


def test_a_page_that_is_stored_again_is_counted_once():
    pages = LeastRecentlyUsed(10_000)
    for _ in range(5):
        pages.add("a", page(1000))
    assert pages.size == page(1000).size
