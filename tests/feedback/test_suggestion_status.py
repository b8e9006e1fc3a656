"""State and answer of a suggestion, for whoever has its receipt."""

from uuid import uuid4

import pytest
from django.utils import timezone

from feedback.receipts import receipt_code
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/status/"
NOT_FOUND = "Предложения с таким номером и кодом нет."


def ask(client, suggestion, key, **entries):
    receipt = {"number": suggestion.number, "code": receipt_code(key)}
    return client.post(URL, {**receipt, **entries})


@pytest.fixture
def key():
    return uuid4()


def test_the_receipt_opens_the_suggestion(client, key):
    suggestion = factories.suggestion(key=key, text="Поставьте лавочки.")
    page = ask(client, suggestion, key).content.decode()
    assert "Поставьте лавочки." in page
    assert "Принято" in page


def test_an_answer_is_shown(client, key):
    suggestion = factories.suggestion(key=key, status="answered", answer="Лавочки стоят.")
    assert "Лавочки стоят." in ask(client, suggestion, key).content.decode()


def test_an_answer_in_the_making_is_not_shown(client, key):
    suggestion = factories.suggestion(key=key, status="in_progress", answer="Черновик ответа.")
    assert "Черновик ответа." not in ask(client, suggestion, key).content.decode()


def test_the_address_of_the_author_is_not_shown(client, key):
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    suggestion = factories.suggestion(key=key, email="secret@example.ru", **consent)
    assert "secret@example.ru" not in ask(client, suggestion, key).content.decode()


def test_what_was_written_is_escaped(client, key):
    suggestion = factories.suggestion(
        key=key, text="<script>a</script>", status="answered", answer="<b>b</b>"
    )
    page = ask(client, suggestion, key).content.decode()
    assert "&lt;script&gt;a" in page
    assert "&lt;b&gt;b" in page


@pytest.mark.parametrize("number", ["№ {}", "№{}", " {} "])
def test_the_number_may_be_typed_as_it_is_shown(client, key, number):
    suggestion = factories.suggestion(key=key)
    response = ask(client, suggestion, key, number=number.format(suggestion.number))
    assert suggestion.text in response.content.decode()


@pytest.mark.parametrize("dash", ["–", "—"])
def test_long_dashes_are_understood(client, key, dash):
    suggestion = factories.suggestion(key=key)
    response = ask(client, suggestion, key, number=suggestion.number.replace("-", dash))
    assert suggestion.text in response.content.decode()


def test_a_wrong_code_opens_nothing(client, key):
    suggestion = factories.suggestion(key=key)
    page = ask(client, suggestion, uuid4()).content.decode()
    assert NOT_FOUND in page
    assert suggestion.text not in page


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(client, key):
    suggestion = factories.suggestion(key=key)
    wrong_code = ask(client, suggestion, uuid4())
    wrong_number = ask(client, suggestion, key, number="2026-999999")
    errors = [answer.context["form"].errors for answer in (wrong_code, wrong_number)]
    assert errors[0] == errors[1]
    assert wrong_code.status_code == wrong_number.status_code


def test_what_is_missing_is_asked_for(client):
    errors = client.post(URL, {}).context["form"].errors
    assert errors == {
        "number": ["Впишите номер из квитанции, например 2026-17."],
        "code": ["Впишите код из квитанции."],
    }


def test_the_code_is_never_part_of_an_address(client, key):
    suggestion = factories.suggestion(key=key)
    response = client.get(URL, {"number": suggestion.number, "code": receipt_code(key)})
    assert suggestion.text not in response.content.decode()


def test_the_answer_is_private(client, key):
    headers = ask(client, factories.suggestion(key=key), key).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_form_is_never_cached(client):
    assert "no-store" in client.get(URL).headers["Cache-Control"]
