"""The signed receipt as a file to keep and to show."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from feedback.author_session import start_author_session
from feedback.models import Suggestion
from feedback.receipts.signatures import parse_receipt, public_key
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "Поставьте лавочки во дворе."


@pytest.fixture
def sender(client):
    """A client that has just sent a suggestion."""
    entries = {"submission_key": str(uuid4()), "topic": factories.suggestion_topic().pk}
    client.post("/feedback/new/", {**entries, "role": "student", "text": TEXT, "step": "send"})
    return client


def address(number):
    return f"/feedback/receipt/{number}.txt"


def test_the_sender_gets_a_genuine_receipt(sender):
    suggestion = Suggestion.objects.get()
    receipt = parse_receipt(sender.get(address(suggestion.number)).content.decode())
    assert receipt.is_signed_with(public_key())
    assert receipt.number == suggestion.number
    assert receipt.has_text(TEXT)


def test_whoever_came_in_with_the_code_gets_it_too(client):
    suggestion = factories.suggestion()
    response = HttpResponse()
    start_author_session(response, suggestion)
    client.cookies.update(response.cookies)
    assert client.get(address(suggestion.number)).status_code == 200


def test_the_code_is_not_in_it(sender):
    code = sender.get("/feedback/receipt/").context["code"]
    content = sender.get(address(Suggestion.objects.get().number)).content.decode()
    assert code not in content
    assert code.replace(" ", "") not in content


def test_it_is_a_file_to_save_and_nobody_keeps_a_copy(sender):
    headers = sender.get(address(Suggestion.objects.get().number)).headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in headers["Cache-Control"]


def test_a_name_with_an_ampersand_stays_as_it_is(sender):
    factories.college(name="Техникум «Свет & Тепло»")
    content = sender.get(address(Suggestion.objects.get().number)).content.decode()
    assert "Свет & Тепло" in content


def test_the_sender_of_one_gets_none_of_another(sender):
    assert sender.get(address(factories.suggestion().number)).status_code == 404


def test_a_stranger_gets_none(client):
    assert client.get(address(factories.suggestion().number)).status_code == 404
