"""The receipt, shown only to the browser that submitted the suggestion."""

from uuid import uuid4, uuid5

import pytest
import time_machine

from feedback.models import Suggestion
from feedback.receipts.codes import receipt_code
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/receipt/"
TEXT = "Поставьте лавочки во дворе."


def send(client):
    """Submit a valid form; returns the key from which its receipt is derived."""
    key = uuid4()
    form = {"submission_key": key, "topic": factories.suggestion_topic().pk, "role": "parent"}
    client.post("/feedback/new/", {**form, "text": TEXT, "step": "send"})
    return uuid5(key, TEXT)


def test_the_receipt_shows_number_and_code(client):
    key = send(client)
    page = client.get(URL).content.decode()
    assert Suggestion.objects.get().number in page
    assert receipt_code(key) in page


def test_the_receipt_has_breadcrumbs_without_structured_data(client):
    send(client)
    page = client.get(URL).content.decode()
    assert 'aria-label="Вы здесь"' in page
    assert "BreadcrumbList" not in page


def test_the_receipt_shows_the_deadline_for_the_answer(client):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        send(client)
        assert "1\u00a0апреля 2026\u00a0года" in client.get(URL).content.decode()


def test_the_receipt_can_be_reloaded(client):
    key = send(client)
    for _ in range(2):
        assert receipt_code(key) in client.get(URL).content.decode()


def test_the_receipt_cookie_ends_with_the_browser(client, settings):
    send(client)
    cookie = client.cookies["receipt"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert (cookie["samesite"], cookie["httponly"], cookie["path"]) == ("Strict", True, "/")
    assert bool(cookie["secure"]) == settings.HTTPS


def test_sending_another_suggestion_ends_the_earlier_receipt(client):
    send(client)
    copied = client.cookies["receipt"].value
    send(client)
    client.cookies["receipt"] = copied
    assert client.get(URL).status_code == 302


def test_the_receipt_does_not_contain_the_submission_key(client):
    key = send(client)
    assert str(key) not in client.get(URL).content.decode()


def test_a_request_without_the_cookie_is_redirected_to_the_status_form(client):
    factories.suggestion()
    response = client.get(URL)
    assert (response.status_code, response.url) == (302, "/feedback/status/")


def test_the_receipt_expires_after_half_an_hour(client):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        send(client)
        cookie = client.cookies["receipt"].value
    client.cookies.load({"receipt": cookie})
    with time_machine.travel("2026-03-02 12:29+04:00", tick=False):
        assert client.get(URL).status_code == 200
    with time_machine.travel("2026-03-02 12:31+04:00", tick=False):
        assert client.get(URL).status_code == 302


@pytest.mark.parametrize("change", [lambda cookie: cookie[:-1], lambda cookie: f"x{cookie}"])
def test_a_forged_cookie_is_rejected(client, change):
    send(client)
    client.cookies["receipt"] = change(client.cookies["receipt"].value)
    assert client.get(URL).status_code == 302


def test_an_unsigned_key_is_rejected(client):
    client.cookies["receipt"] = send(client)
    assert client.get(URL).status_code == 302


def test_a_key_without_a_suggestion_is_rejected(client):
    send(client)
    Suggestion.objects.all().delete()
    assert client.get(URL).status_code == 302


def test_the_receipt_is_neither_cached_nor_indexed(client):
    send(client)
    headers = client.get(URL).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "same-origin"  # it holds a form


def test_posting_to_the_receipt_is_not_allowed(client):
    assert client.post(URL).status_code == 405
