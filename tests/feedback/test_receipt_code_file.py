"""Number and code as a text file."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from feedback.models import Suggestion
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
URL = "/feedback/receipt/code.txt"


@pytest.fixture
def sender(client):
    """A client that has just submitted a suggestion."""
    entries = {"submission_key": str(uuid4()), "topic": factories.suggestion_topic().pk}
    text = "Поставьте лавочки во дворе."
    client.post("/feedback/new/", {**entries, "role": "student", "text": text, "step": "send"})
    return client


def test_the_file_contains_number_code_and_status_link(sender):
    code = sender.get("/feedback/receipt/").context["code"]
    lines = sender.get(URL).content.decode().splitlines()
    for words in (Suggestion.objects.get().number, code, "http://testserver/feedback/status/"):
        assert sum(line.endswith(words) for line in lines) == 1


def test_the_receipt_page_links_the_file(sender):
    assert f'href="{URL}" download' in sender.get("/feedback/receipt/").content.decode()


def test_the_file_is_downloaded_and_never_cached(sender):
    headers = sender.get(URL).headers
    name = f"predlozhenie-{Suggestion.objects.get().number}-kod.txt"
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in headers["Cache-Control"]


def test_an_ampersand_in_the_college_name_is_not_escaped(sender):
    factories.college(name="Техникум «Свет & Тепло»")
    assert "Свет & Тепло" in sender.get(URL).content.decode()


def test_an_author_who_entered_the_code_gets_404(client):
    response = HttpResponse()
    start_author_session(response, factories.suggestion())
    client.cookies.update(response.cookies)
    assert client.get(URL).status_code == 404


def test_an_anonymous_visitor_gets_404(client):
    factories.suggestion()
    assert client.get(URL).status_code == 404
