"""Stored pages: answers that must not become one, and how stored pages begin again."""

import datetime

import pytest
from django.http import StreamingHttpResponse
from django.utils import timezone

from college_site.http import page_store
from college_site.http.page_store import store_pages
from college_site.pages.accessible_version import COOKIE
from college_site.wsgi import django_application
from feedback.public_answers import votes
from tests import factories
from tests.stored_pages import Server

pytestmark = pytest.mark.django_db


def set_cookie(response):
    response.set_cookie("visitor", "1")
    return response


def stream(response):
    streamed = StreamingHttpResponse(iter([response.content]), headers=response.headers)
    streamed.personal_cookies = response.personal_cookies
    return streamed


@pytest.mark.parametrize("change", [set_cookie, stream])
def test_an_answer_with_a_cookie_or_in_a_stream_is_not_stored(server, change):
    def render(environ, start_response):
        return change(django_application(environ, start_response))

    server.application = store_pages(render, server.store)
    server.visit("/")
    assert server.store.plain.pages == {}


def test_an_answer_not_modified_is_not_stored_as_a_page(server):
    etag = Server().visit("/")[1]["ETag"]
    assert server.visit("/", if_none_match=etag)[0] == 304
    status, _, body = server.visit("/")
    assert (status, body[:9]) == (200, b"<!doctype")


@pytest.mark.parametrize(
    "more",
    [
        {"data": b"a"},
        {"transfer_encoding": "chunked"},
        {"if_match": '"other"'},
        {"if_unmodified_since": "Thu, 01 Jan 2026 00:00:00 GMT"},
    ],
)
def test_a_request_with_body_or_rare_condition_is_answered_by_django(server, more):
    server.visit("/")
    assert not server.is_stored("/", **more)


def test_a_posted_form_is_not_answered_with_a_stored_page(server):
    server.visit("/")
    assert server.visit("/", method="POST")[0] == 403


def test_a_huge_page_is_not_stored(server, monkeypatch):
    monkeypatch.setattr(page_store, "LARGEST_PAGE", 100)
    server.visit("/")
    assert not server.is_stored("/")


def test_countless_pages_take_no_room_of_plain_ones(server):
    server.visit("/")
    server.visit("/", cookie=f"{COOKIE}=size-2")
    server.visit("/news/?page=1")
    assert [len(part.pages) for part in (server.store.plain, server.store.other)] == [1, 2]


def test_an_answer_to_head_is_not_stored(server):
    server.visit("/", method="HEAD")
    assert not server.is_stored("/")


def test_the_page_of_who_voted_is_not_stored_for_others(server):
    path = factories.publication().get_absolute_url()
    server.visit(path, cookie=f"{votes.COOKIE}=x")
    assert not server.is_stored(path)


def test_a_photograph_that_nginx_sends_is_asked_for_each_time(server, settings):
    settings.ACCEL_REDIRECT = True
    photo = factories.photo()
    assert "X-Accel-Redirect" in server.visit(photo.url)[1]
    assert not server.is_stored(photo.url)


def test_without_a_trusted_proxy_nobody_changes_the_scheme(server):
    server.visit("/")
    assert server.is_stored("/", x_forwarded_proto="https")


def test_one_page_that_is_stored_again_brings_no_other_back(server):
    post = factories.post(title="Снятая новость")
    for path in ("/", "/news/"):
        server.visit(path)
    post.published_at = None
    post.save()
    server.visit("/")
    assert "Снятая новость" not in server.visit("/news/")[2].decode()


def test_pages_are_stored_again_after_midnight(server, clock):
    server.visit("/")
    midnight = timezone.localtime().replace(hour=0, minute=0) + datetime.timedelta(days=1)
    clock.move_to(midnight)
    server.visit("/")
    assert server.is_stored("/")


def test_the_date_of_a_page_counts_only_without_its_tag(server, clock):
    since = server.visit("/")[1]["Last-Modified"]
    assert server.visit("/", if_modified_since=since)[0] == 304
    assert server.visit("/", if_none_match='W/"other"', if_modified_since=since)[0] == 200
    assert server.rendered == ["/"]
