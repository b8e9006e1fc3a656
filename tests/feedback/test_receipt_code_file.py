"""Number and code as a file to keep."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from feedback.author_session import start_author_session
from feedback.models import Suggestion
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/receipt/code.txt"


@pytest.fixture
def sender(client):
    """A client that has just sent a suggestion."""
    entries = {"submission_key": str(uuid4()), "topic": factories.suggestion_topic().pk}
    text = "Поставьте лавочки во дворе."
    client.post("/feedback/new/", {**entries, "role": "student", "text": text, "step": "send"})
    return client


def test_the_sender_gets_number_code_and_the_way_back(sender):
    code = sender.get("/feedback/receipt/").context["code"]
    lines = sender.get(URL).content.decode().splitlines()
    for words in (Suggestion.objects.get().number, code, "http://testserver/feedback/status/"):
        assert sum(line.endswith(words) for line in lines) == 1


def test_the_page_of_the_receipt_leads_to_it(sender):
    assert f'href="{URL}" download' in sender.get("/feedback/receipt/").content.decode()


def test_it_is_a_file_to_save_and_nobody_keeps_a_copy(sender):
    headers = sender.get(URL).headers
    name = f"predlozhenie-{Suggestion.objects.get().number}-kod.txt"
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in headers["Cache-Control"]


def test_a_name_with_an_ampersand_stays_as_it_is(sender):
    factories.college(name="Техникум «Свет & Тепло»")
    assert "Свет & Тепло" in sender.get(URL).content.decode()


def test_whoever_came_in_with_the_code_gets_none_for_the_site_does_not_know_it(client):
    response = HttpResponse()
    start_author_session(response, factories.suggestion())
    client.cookies.update(response.cookies)
    assert client.get(URL).status_code == 404


def test_a_stranger_gets_none(client):
    factories.suggestion()
    assert client.get(URL).status_code == 404
