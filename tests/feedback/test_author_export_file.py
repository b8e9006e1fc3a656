"""Everything held about a suggestion, for its author."""

import io
import json
import zipfile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from feedback.erasure.purge import Reason, erase
from feedback.models import Attachment
from feedback.receipts.signatures import parse_receipt
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
ADDRESS = "/feedback/mine/export.zip"


@pytest.fixture
def suggestion():
    factories.attachment("0" * 64, name="Двор.jpg")
    row = factories.suggestion(
        staging_hash="0" * 64,
        text="Поставьте <b>лавочки</b>.",
        email="anna@example.ru",
        consent=factories.consent(text="Согласна."),
        consented_at=timezone.now(),
    )
    row.restrict(factories.staff(username="keeper-of-secrets"))
    row.note("Заметка для своих.", factories.staff())
    row.ask("Где?", factories.staff())
    row.give_answer("Поставили.", None)
    return row


@pytest.fixture
def author(suggestion):
    client = Client()
    start_author_session(response := HttpResponse(), suggestion)
    client.cookies.update(response.cookies)
    return client


def unpack(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


def test_the_author_gets_text_answer_address_consent_and_files(author, suggestion):
    archive = unpack(author.get(ADDRESS))
    assert archive.testzip() is None
    assert archive.read("files/1-Двор.jpg") == factories.picture_bytes()
    facts = json.loads(archive.read("data.json"))
    assert facts["текст"] == "Поставьте <b>лавочки</b>."
    assert facts["почта"] == "anna@example.ru"
    assert facts["предельный срок"] == suggestion.limit_on.isoformat()
    assert facts["согласие"]["текст"] == "Согласна."
    assert [event["текст"] for event in facts["история"]] == ["", "Где?", "Поставили."]
    assert facts["история"][0]["файлы"] == ["files/1-Двор.jpg"]


def test_the_readable_page_says_what_article_14_demands(author):
    factories.college()
    page = unpack(author.get(ADDRESS)).read("predlozhenie.html").decode()
    for words in (
        "Учебный техникум имени теста",
        "ул. Учебная, д. 1",
        "Цель",
        "Основание",
        "по вашему согласию",
        "Источник",
        "Способы обработки",
        "Кто имеет доступ",
        "за границу данные не передаются",
        "Срок хранения",
        "Ваши права",
        "Поставьте &lt;b&gt;лавочки&lt;/b&gt;.",
    ):
        assert words in page


def test_the_export_contains_the_signed_receipt(author, suggestion):
    receipt = parse_receipt(unpack(author.get(ADDRESS)).read("kvitanciya.txt").decode())
    assert receipt.has_text(suggestion.text)


def test_names_of_staff_and_internal_events_are_left_out(author):
    archive = unpack(author.get(ADDRESS))
    content = b"".join(archive.read(name) for name in ("data.json", "predlozhenie.html")).decode()
    assert "keeper-of-secrets" not in content
    assert "закрытую очередь" not in content
    assert "Заметка" not in content


def test_the_export_is_a_download_that_is_never_cached(author, suggestion):
    response = author.get(ADDRESS)
    assert suggestion.number in response.headers["Content-Disposition"]
    assert response.headers["Content-Type"] == "application/zip"
    assert "no-store" in response.headers["Cache-Control"]
    unpack(response)


def test_nobody_but_the_author_gets_it(suggestion, staff_client):
    for client in (Client(), staff_client):
        response = client.get(ADDRESS)
        assert (response.status_code, response.url) == (302, "/feedback/status/")


def test_an_author_gets_nothing_of_another_suggestion(author):
    factories.suggestion(text="Чужое предложение.")
    assert b"\\u0427" not in (content := unpack(author.get(ADDRESS)).read("data.json"))
    assert "Чужое" not in content.decode()


def test_files_beyond_the_limit_are_named_but_not_packed(author, monkeypatch):
    monkeypatch.setattr("feedback.author_export.MOST_BYTES", 10)
    archive = unpack(author.get(ADDRESS))
    assert "files/1-Двор.jpg" not in archive.namelist()
    assert "здесь не поместился" in archive.read("predlozhenie.html").decode()


def test_a_lost_file_does_not_prevent_the_export(author):
    file = Attachment.objects.get().file
    file.storage.delete(file.name)
    assert "data.json" in unpack(author.get(ADDRESS)).namelist()


def test_after_the_purge_the_export_says_that_nothing_is_left(author, suggestion):
    erase(suggestion, Reason.TERM)
    archive = unpack(author.get(ADDRESS))
    assert "Нет: уничтожены" in archive.read("predlozhenie.html").decode()
    assert "kvitanciya.txt" not in archive.namelist()
