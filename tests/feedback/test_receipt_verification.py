"""The page that says whether a signed receipt is genuine."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from feedback.models import Suggestion
from feedback.receipts import signatures
from feedback.receipts.signatures import public_pem, sign_receipt
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/receipt/verify/"
TEXT = "Поставьте лавочки во дворе."


@pytest.fixture
def receipt():
    return sign_receipt(factories.suggestion(text=TEXT))


def verdict(client, receipt, text=""):
    return client.post(URL, {"receipt": str(receipt), "text": text}).context.get("verdict")


def test_a_genuine_receipt_is_called_so(client, receipt):
    assert verdict(client, receipt) == "genuine"


def test_with_the_text_more_is_proved(client, receipt):
    assert verdict(client, receipt, TEXT) == "genuine_with_text"
    assert verdict(client, receipt, "Другой текст.") == "another_text"


def test_it_proves_the_acceptance_of_what_has_vanished(client, receipt):
    Suggestion.objects.all().delete()
    assert verdict(client, receipt, TEXT) == "genuine_with_text"


def test_a_changed_receipt_is_called_so(client, receipt):
    assert verdict(client, receipt._replace(number="2026-999")) == "changed"


def test_the_key_of_another_site_is_told_apart(client, receipt, monkeypatch):
    monkeypatch.setattr(signatures, "private_key", Ed25519PrivateKey.generate)
    assert verdict(client, receipt) == "another_key"


@pytest.mark.parametrize("text", ["", "Привет", "receipt: 1", "\x00"])
def test_what_is_no_receipt_is_explained_and_kept(client, text):
    response = client.post(URL, {"receipt": text})
    assert response.context["form"].errors["receipt"]
    assert "<title>Ошибка: " in response.content.decode()


def test_the_whole_downloaded_file_may_be_pasted(client, receipt):
    text = f"Техникум\r\nНомер: 1\r\n\r\n{receipt}".replace("\n", "\r\n")
    assert verdict(client, text) == "genuine"


def test_the_page_gives_the_key_away_to_verify_without_it(client, read_page):
    blocks = [block.text() for block in read_page(client.get(URL)).root.all("pre")]
    assert " ".join(public_pem().split()) in blocks


def test_it_works_without_a_token(receipt):
    assert verdict(Client(enforce_csrf_checks=True), receipt) == "genuine"


def test_no_suggestion_is_looked_up(client, receipt, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):  # the contacts in the footer
        verdict(client, receipt, TEXT)
