"""The page that verifies signed receipts."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from feedback.models import Suggestion
from feedback.receipts import signatures
from feedback.receipts.signatures import public_pem, sign_receipt
from tests import factories
from tests.clients import browser

pytestmark = pytest.mark.django_db
URL = "/feedback/receipt/verify/"
TEXT = "Поставьте лавочки во дворе."


@pytest.fixture
def receipt():
    return sign_receipt(factories.suggestion(text=TEXT))


def verdict(client, receipt, text=""):
    return client.post(URL, {"receipt": str(receipt), "text": text}).context.get("verdict")


def test_a_validly_signed_receipt_is_genuine(client, receipt):
    assert verdict(client, receipt) == "genuine"


def test_the_verification_compares_the_text(client, receipt):
    assert verdict(client, receipt, TEXT) == "genuine_with_text"
    assert verdict(client, receipt, "Другой текст.") == "another_text"


def test_a_receipt_is_genuine_after_its_suggestion_is_deleted(client, receipt):
    Suggestion.objects.all().delete()
    assert verdict(client, receipt, TEXT) == "genuine_with_text"


def test_an_altered_receipt_is_detected(client, receipt):
    assert verdict(client, receipt._replace(number="2026-999")) == "changed"


def test_a_receipt_signed_with_another_key_is_detected(client, receipt, monkeypatch):
    monkeypatch.setattr(signatures, "private_key", Ed25519PrivateKey.generate)
    assert verdict(client, receipt) == "another_key"


@pytest.mark.parametrize("text", ["", "Привет", "receipt: 1", "\x00"])
def test_an_unreadable_receipt_shows_an_error(client, text):
    response = client.post(URL, {"receipt": text})
    assert response.context["form"].errors["receipt"]
    assert "<title>Ошибка: " in response.content.decode()


def test_a_receipt_of_the_old_format_is_refused_with_the_reason(client, receipt):
    text = str(receipt).replace("receipt: 3", "receipt: 1")
    form = client.post(URL, {"receipt": text}).context["form"]
    assert "Скачайте новую" in form.errors["receipt"][0]


def test_letters_moved_from_text_to_salt_are_detected(client, receipt):
    forged = receipt._replace(salt=f"{receipt.salt}Пост")
    assert verdict(client, forged, TEXT.removeprefix("Пост")) is None


def test_a_changed_salt_is_detected(client, receipt):
    assert verdict(client, receipt._replace(salt="0" * 32)) == "changed"


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {}])
def test_a_form_of_another_site_is_refused_and_not_shown(receipt, headers):
    response = Client().post(URL, {"receipt": str(receipt), "text": TEXT}, headers=headers)
    assert response.status_code == 403
    assert receipt.signature not in response.content.decode()


def test_the_whole_downloaded_file_can_be_pasted(client, receipt):
    text = f"Техникум\r\nНомер: 1\r\n\r\n{receipt}".replace("\n", "\r\n")
    assert verdict(client, text) == "genuine"


def test_the_page_shows_the_public_key(client, read_page):
    blocks = [block.text() for block in read_page(client.get(URL)).root.all("pre")]
    assert " ".join(public_pem().split()) in blocks


def test_verification_needs_no_csrf_token(receipt):
    assert verdict(browser(enforce_csrf_checks=True), receipt) == "genuine"


def test_verification_queries_no_suggestion(client, receipt, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):  # the contacts in the footer
        verdict(client, receipt, TEXT)
