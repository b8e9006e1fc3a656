"""The signed receipt as a text file."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from feedback.models import Suggestion
from feedback.receipts.signatures import parse_receipt, public_key
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
TEXT = "Поставьте лавочки во дворе."


@pytest.fixture
def sender(client):
    """A client that has just submitted a suggestion."""
    entries = {"submission_key": str(uuid4()), "topic": factories.suggestion_topic().pk}
    client.post("/feedback/new/", {**entries, "role": "student", "text": TEXT, "step": "send"})
    return client


def address(number):
    return f"/feedback/receipt/{number}.txt"


def test_the_sender_gets_a_validly_signed_receipt(sender):
    suggestion = Suggestion.objects.get()
    receipt = parse_receipt(sender.get(address(suggestion.number)).content.decode())
    assert receipt.is_signed_with(public_key())
    assert receipt.number == suggestion.number
    assert receipt.has_text(TEXT)


def test_an_author_who_entered_the_code_gets_the_receipt(client):
    suggestion = factories.suggestion()
    response = HttpResponse()
    start_author_session(response, suggestion)
    client.cookies.update(response.cookies)
    assert client.get(address(suggestion.number)).status_code == 200


def test_the_file_does_not_contain_the_code(sender):
    code = sender.get("/feedback/receipt/").context["code"]
    content = sender.get(address(Suggestion.objects.get().number)).content.decode()
    assert code not in content
    assert code.replace(" ", "") not in content


def test_the_file_is_downloaded_and_never_cached(sender):
    headers = sender.get(address(Suggestion.objects.get().number)).headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in headers["Cache-Control"]


def test_an_ampersand_in_the_college_name_is_not_escaped(sender):
    factories.college(name="Техникум «Свет & Тепло»")
    content = sender.get(address(Suggestion.objects.get().number)).content.decode()
    assert "Свет & Тепло" in content


def test_the_receipt_of_another_suggestion_is_not_found(sender):
    assert sender.get(address(factories.suggestion().number)).status_code == 404


def test_an_anonymous_visitor_gets_404(client):
    assert client.get(address(factories.suggestion().number)).status_code == 404
