"""Ending the author's session on a shared computer."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from feedback.author_session import start_author_session
from tests import factories

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
    entries = {"submission_key": str(uuid4()), "topic": factories.suggestion_topic().pk}
    text = "Поставьте лавочки во дворе."
    client.post("/feedback/new/", {**entries, "role": "student", "text": text, "step": "send"})
    assert client.get("/feedback/receipt/").status_code == 200
    client.post(URL)
    assert client.get("/feedback/receipt/").status_code == 302
    assert client.get("/feedback/receipt/code.txt").status_code == 404


def test_a_get_request_is_not_allowed(client):
    assert client.get(URL).status_code == 405
