"""The documents of posts: downloads, which visitors get only while the post is published."""

from urllib.parse import quote

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_a_document_is_downloaded_under_its_title(client):
    response = client.get(factories.document(title="План работы").get_absolute_url())
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert quote("План работы.pdf") in disposition
    assert response.getvalue().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("План: I/II семестр?", "План I-II семестр.pdf"),
        ("План.pdf", "План.pdf"),
        ("План .PDF.pdf", "План.pdf"),
        ("Смета.xlsx", "Смета.xlsx.pdf"),
        ("..\\..\\план | факт", "-..-план-факт.pdf"),
        ("«План» на 2026/27 г.", "«План» на 2026-27 г.pdf"),
        ("План\u202efdp.exe\u200b", "Планfdp.exe.pdf"),
        ("Расписание\r\nзанятий\t1", "Расписание занятий 1.pdf"),
        ("con", "Документ con.pdf"),
        ("???", "Документ.pdf"),
        ("Й" * 200, "Й" * 120 + ".pdf"),
        ("и\u0306од", "йод.pdf"),
    ],
)
def test_a_document_is_saved_under_a_whole_and_safe_name(client, title, name):
    response = client.get(factories.document(title=title).get_absolute_url())
    assert response.headers["Content-Disposition"].endswith(quote(name, safe=""))
    response.getvalue()


@pytest.mark.parametrize("title", ['a"b', "a\nb", "a\r\nX: y", "..\\..\\x", "x" * 200, "план/факт"])
def test_a_document_with_any_title_is_served(client, title):
    client.raise_request_exception = False
    response = client.get(factories.document(title=title).get_absolute_url())
    assert response.status_code == 200
    response.getvalue()


def test_a_document_cannot_run_scripts(client):
    response = client.get(factories.document().get_absolute_url())
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    response.getvalue()


def test_a_document_of_a_draft_is_not_found(client):
    document = factories.document(post=factories.draft())
    assert client.get(document.get_absolute_url()).status_code == 404


def test_staff_can_download_the_documents_of_a_draft(staff_client):
    document = factories.document(post=factories.draft())
    response = staff_client.get(document.get_absolute_url())
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    response.getvalue()


def test_a_published_document_is_cached_by_browsers_only(client):
    response = client.get(factories.document().get_absolute_url())
    assert "private" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert "no-cache" in response.headers["Cache-Control"]
    response.getvalue()


def test_a_document_whose_file_is_missing_is_not_found(client):
    document = factories.document()
    document.file.storage.delete(document.file.name)
    assert client.get(document.get_absolute_url()).status_code == 404


def test_an_unknown_document_is_not_found(client):
    assert client.get("/documents/none").status_code == 404
