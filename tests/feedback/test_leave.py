"""Ending the author's session on a shared computer."""

from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse

from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
URL = "/feedback/mine/leave/"


def test_leaving_ends_access_to_the_authors_page(client):
    response = HttpResponse()
    start_author_session(response, factories.suggestion())
    client.cookies = response.cookies
    assert client.get("/feedback/mine/").status_code == 200
    left = client.post(URL)
    assert (left.status_code, left["Location"]) == (303, "/feedback/status/")
    assert client.get("/feedback/mine/").status_code == 302


def test_leaving_ends_access_to_the_receipt(client):
    send(client)
    assert client.get("/feedback/receipt/").status_code == 200
    client.post(URL)
    assert client.get("/feedback/receipt/").status_code == 302
    assert client.get("/feedback/receipt/code.txt").status_code == 404


def send(client):
    entries = {"submission_key": str(uuid4()), "topic": factories.suggestion_topic().pk}
    text = "Поставьте лавочки во дворе."
    client.post("/feedback/new/", {**entries, "role": "student", "text": text, "step": "send"})


def test_a_copied_author_cookie_opens_nothing_after_leaving(client):
    response = HttpResponse()
    start_author_session(response, factories.suggestion())
    copied = response.cookies["author"].value
    client.cookies["author"] = copied
    client.post(URL)
    client.cookies["author"] = copied
    assert client.get("/feedback/mine/").status_code == 302


def test_a_copied_receipt_cookie_opens_nothing_after_leaving(client):
    send(client)
    copied = client.cookies["receipt"].value
    client.post(URL)
    client.cookies["receipt"] = copied
    assert client.get("/feedback/receipt/").status_code == 302
    assert client.get("/feedback/receipt/code.txt").status_code == 404
    assert client.get("/feedback/receipt/2026-1.txt").status_code == 404


def test_leaving_after_the_half_hour_ends_the_session_too(client):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        send(client)
    with time_machine.travel("2026-03-02 12:45+04:00", tick=False):
        client.post(URL)
        assert not Session.objects.exists()


def test_leaving_without_a_session_changes_nothing(client):
    client.cookies["author"], client.cookies["receipt"] = "x", "a" * 32 + ".1"
    assert client.post(URL).status_code == 303


def test_leaving_forgets_the_uploader(client):
    client.get("/feedback/new/")
    assert client.post(URL).cookies["uploader"]["max-age"] == 0


@pytest.mark.parametrize("path", ["/feedback/receipt/", "/feedback/mine/"])
def test_the_page_has_a_button_to_leave(client, read_page, path):
    send(client)
    response = HttpResponse()
    start_author_session(response, factories.suggestion())
    client.cookies["author"] = response.cookies["author"].value
    root = read_page(client.get(path)).root
    [form] = [form for form in root.all("form") if form.get("action") == URL]
    assert next(form.all("button")).text() == "Закрыть страницу"
    assert any(field.get("name") == "csrfmiddlewaretoken" for field in form.all("input"))


def test_a_get_request_is_not_allowed(client):
    assert client.get(URL).status_code == 405
