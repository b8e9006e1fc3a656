"""Closing the author's page on a computer that others use, too."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from feedback.author_session import start_author_session
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/mine/leave/"


def test_the_door_is_closed_behind_the_author(client):
    response = HttpResponse()
    start_author_session(response, factories.suggestion())
    client.cookies = response.cookies
    assert client.get("/feedback/mine/").status_code == 200
    left = client.post(URL)
    assert (left.status_code, left["Location"]) == (303, "/feedback/status/")
    assert client.get("/feedback/mine/").status_code == 302


def test_the_receipt_is_closed_with_it(client):
    entries = {"submission_key": str(uuid4()), "topic": factories.suggestion_topic().pk}
    text = "Поставьте лавочки во дворе."
    client.post("/feedback/new/", {**entries, "role": "student", "text": text, "step": "send"})
    assert client.get("/feedback/receipt/").status_code == 200
    client.post(URL)
    assert client.get("/feedback/receipt/").status_code == 302
    assert client.get("/feedback/receipt/code.txt").status_code == 404


def test_a_link_closes_nothing(client):
    assert client.get(URL).status_code == 405
