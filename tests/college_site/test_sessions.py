"""Sessions: malformed keys never reach the database, expired ones are deleted from it."""

import pytest
import time_machine
from django.contrib.sessions.models import Session

from college_site.accounts.sessions import SessionStore, prune_sessions
from college_site.registry import registry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "key", ["a" * 31 + "\0", "a" * 31 + "é", "a" * 31 + "-", "a" * 31 + "٣", "short", "", " " * 32]
)
def test_a_malformed_key_opens_no_session(key, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert SessionStore(key).session_key is None


def test_an_issued_key_opens_its_session():
    session = SessionStore()
    session["name"] = "value"
    session.save()
    assert SessionStore(session.session_key)["name"] == "value"


def test_an_unknown_key_is_not_adopted():
    key = "a" * 32
    session = SessionStore(key)
    session["name"] = "value"
    session.save()
    assert session.session_key != key or not SessionStore(key).exists(key)


def test_logging_in_changes_the_session_key(client):
    session = client.session
    session["name"] = "value"
    session.save()
    before = session.session_key
    factories.staff(username="teacher")
    client.cookies["sessionid"] = before
    client.post("/admin/login/", {"username": "teacher", "password": factories.PASSWORD})
    assert client.cookies["sessionid"].value != before


def test_expired_sessions_are_pruned_and_the_others_stay():
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False) as clock:
        for seconds in (60, 3600):
            session = SessionStore()
            session.set_expiry(seconds)
            session.save()
        clock.shift(120)
        assert prune_sessions()
        assert Session.objects.get().session_key == session.session_key
        assert not prune_sessions()


def test_the_worker_prunes_sessions():
    assert prune_sessions in registry.periodic_jobs


def test_no_cookie_of_a_login_or_a_form_outlives_the_browser(client):
    """Computers at a college are shared."""
    factories.staff(username="teacher")
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "teacher", "password": factories.PASSWORD})
    for name in ("sessionid", "csrftoken"):
        assert (client.cookies[name]["max-age"], client.cookies[name]["expires"]) == ("", "")


def test_a_cookie_with_nul_is_an_anonymous_visitor(client):
    client.cookies.load({})
    response = client.get("/admin/", HTTP_COOKIE='sessionid="' + "a" * 31 + '\\000"')
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
