"""The cookie of an author: access, expiry, no personal data."""

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from feedback.author_session import (
    AUTHOR_COOKIE,
    author_suggestion,
    end_author_session,
    start_author_session,
)
from tests import factories

pytestmark = pytest.mark.django_db


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


def test_leaving_deletes_the_cookie():
    response = HttpResponse()
    end_author_session(response)
    assert response.cookies[AUTHOR_COOKIE]["max-age"] == 0
