"""Sessions: malformed keys never reach the database."""

import pytest

from college_site.accounts.sessions import SessionStore
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


def test_a_cookie_with_nul_is_an_anonymous_visitor(client):
    client.cookies.load({})
    response = client.get("/admin/", HTTP_COOKIE='sessionid="' + "a" * 31 + '\\000"')
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
