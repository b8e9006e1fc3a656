"""The cookie of an author: access, expiry, no personal data."""

from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from feedback.author_session import AUTHOR_COOKIE, author_suggestion
from feedback.receipts.codes import receipt_code
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
URL = "/feedback/mine/"


def cookie_of(suggestion):
    response = HttpResponse()
    start_author_session(response, suggestion)
    return response.cookies[AUTHOR_COOKIE]


@pytest.fixture
def visit(rf):
    """A function that returns the suggestion for a cookie value."""

    def visit(value):
        request = rf.get("/feedback/mine/")
        request.COOKIES[AUTHOR_COOKIE] = value
        return author_suggestion(request)

    return visit


def test_the_author_cookie_identifies_the_suggestion(visit):
    suggestion = factories.suggestion()
    assert visit(cookie_of(suggestion).value) == suggestion


def test_a_request_without_the_cookie_has_no_suggestion(rf):
    factories.suggestion()
    assert author_suggestion(rf.get("/feedback/mine/")) is None


def test_the_author_cookie_expires_after_half_an_hour(visit):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        cookie = cookie_of(factories.suggestion()).value
    with time_machine.travel("2026-03-02 12:29+04:00", tick=False):
        assert visit(cookie)
    with time_machine.travel("2026-03-02 12:31+04:00", tick=False):
        assert visit(cookie) is None


def test_each_page_of_the_author_restarts_the_half_hour(client):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        client.cookies[AUTHOR_COOKIE] = cookie_of(factories.suggestion()).value
    for minute in (25, 50):
        with time_machine.travel(f"2026-03-02 12:{minute}+04:00", tick=False):
            assert client.get(URL).status_code == 200


def test_a_session_ends_after_half_a_day_of_visits(client):
    with time_machine.travel("2026-03-02 00:00+04:00", tick=False) as clock:
        client.cookies[AUTHOR_COOKIE] = cookie_of(factories.suggestion()).value
        for _ in range(35):
            clock.shift(20 * 60)
            assert client.get(URL).status_code == 200
        clock.shift(21 * 60)
        assert client.get(URL).status_code == 302


def test_reading_a_page_of_the_author_writes_nothing(client):
    client.cookies[AUTHOR_COOKIE] = cookie_of(factories.suggestion()).value
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


@pytest.mark.parametrize("value", ["", "1", "1:x:y", "\0", "١:1:1", "9" * 5000])
def test_an_unsigned_cookie_is_rejected(visit, value):
    factories.suggestion()
    assert visit(value) is None


def test_a_value_signed_for_another_cookie_is_rejected(visit):
    key = str(factories.suggestion().pk)
    assert visit(signing.get_cookie_signer(salt="receipt").sign(key)) is None


def test_the_author_cookie_is_httponly_samesite_strict_and_secure(settings):
    cookie = cookie_of(factories.suggestion())
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert bool(cookie["secure"]) == settings.HTTPS
    assert cookie["path"] == "/"


def test_the_author_cookie_has_the_cookie_prefix():
    assert AUTHOR_COOKIE.startswith(settings.COOKIE_PREFIX)


def test_the_author_cookie_ends_with_the_browser():
    cookie = cookie_of(factories.suggestion())
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_the_author_cookie_is_no_session_of_the_admin(client):
    cookie = cookie_of(factories.suggestion()).value
    client.cookies["sessionid"] = cookie.split(".")[0]
    assert client.get("/admin/").status_code == 302


def test_a_session_of_the_admin_opens_no_suggestion(staff_client, visit):
    """Even if its key were signed like an author's."""
    key = f"{staff_client.session.session_key}.{factories.suggestion().pk}"
    assert visit(signing.get_cookie_signer(salt=AUTHOR_COOKIE).sign(key)) is None


def test_entering_the_code_again_ends_the_earlier_session(client, visit):
    key = uuid4()
    suggestion = factories.suggestion(key=key)
    entries = {"number": suggestion.number, "code": receipt_code(key)}
    client.post("/feedback/status/", entries)
    copied = client.cookies[AUTHOR_COOKIE].value
    client.post("/feedback/status/", entries)
    assert visit(copied) is None
    assert visit(client.cookies[AUTHOR_COOKIE].value) == suggestion
