"""The page to check a suggestion before it is submitted."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.models import Suggestion
from tests import factories
from tests.pdf_corpus import CORPUS
from tests.pdf_factories import noted_pdf

pytestmark = pytest.mark.django_db
URL = "/feedback/new/"
TEXT = "Поставьте лавочки\nво дворе."


@pytest.fixture
def consent():
    return factories.consent()


@pytest.fixture
def entries(consent):
    """The POST data of a completely filled-in form."""
    return {
        "step": "check",
        "submission_key": str(uuid4()),
        "topic": factories.suggestion_topic(title="Двор").pk,
        "role": "parent",
        "text": TEXT,
        "reply_by": "email",
        "email": "a@example.ru",
        "consents": "on",
        "consent_version": consent.version,
        "may_publish": "on",
    }


def read_hidden_fields(root):
    """The hidden fields of a page's form."""
    form = next(form for form in root.all("form") if form.get("method") == "post")
    return {field["name"]: field.get("value") for field in form.all("input")}


def heading(response, read_page):
    return next(read_page(response).root.all("h1")).text()


def test_checking_registers_nothing(client, entries, read_page):
    response = client.post(URL, entries)
    assert heading(response, read_page) == "Проверьте и отправьте"
    assert not Suggestion.objects.exists()


def test_every_answer_is_shown(client, entries, read_page):
    summary = next(read_page(client.post(URL, entries)).root.all("dl"))
    assert [answer.text() for answer in summary.all("dd")] == [
        "Двор",
        "Родитель",
        "Поставьте лавочки во дворе.",
        "Под кодом из квитанции и письмом на a@example.ru",
        "Да, без имён",
    ]


def test_the_default_answers_are_shown(client, entries, read_page):
    modest = {**entries, "reply_by": "code"}
    del modest["may_publish"]
    summary = next(read_page(client.post(URL, modest)).root.all("dl"))
    answers = [answer.text() for answer in summary.all("dd")]
    assert answers[3:] == ["Только под кодом из квитанции", "Нет, ответ увидите только вы"]


def test_the_checked_entries_can_be_sent(client, entries, consent, read_page):
    hidden = read_hidden_fields(read_page(client.post(URL, entries)).root)
    assert client.post(URL, {**hidden, "step": "send"}).status_code == 303
    stored = Suggestion.objects.get()
    assert (stored.topic_id, stored.role, stored.text) == (entries["topic"], "parent", TEXT)
    assert (stored.email, stored.consent, stored.may_publish) == ("a@example.ru", consent, True)


def test_an_unticked_box_stays_unticked(client, entries, read_page):
    hidden = read_hidden_fields(read_page(client.post(URL, {**entries, "may_publish": ""})).root)
    client.post(URL, {**hidden, "step": "send"})
    assert Suggestion.objects.get().may_publish is False


def test_the_edit_step_returns_the_form_with_all_entries(client, entries, read_page):
    hidden = read_hidden_fields(read_page(client.post(URL, entries)).root)
    response = client.post(URL, {**hidden, "step": "edit"})
    assert heading(response, read_page) == "Написать предложение"
    form = response.context["form"]
    ticked = {"consents": True, "may_publish": True}
    wanted = {name: str(value) for name, value in {**entries, **ticked}.items() if name != "step"}
    assert {name: str(form[name].value()) for name in wanted} == wanted


def test_the_edit_step_shows_no_errors(client, entries):
    response = client.post(URL, {**entries, "step": "edit", "text": "", "email": "x"})
    assert not response.context["form"].errors
    assert "Ошибка" not in response.content.decode()


def test_an_invalid_entry_returns_to_the_form(client, entries, read_page):
    response = client.post(URL, {**entries, "text": ""})
    assert heading(response, read_page) == "Написать предложение"
    assert "text" in response.context["form"].errors


def test_a_form_that_became_invalid_after_checking_is_not_sent(client, entries, read_page):
    """A new version of the consent may be published between the two pages."""
    hidden = read_hidden_fields(read_page(client.post(URL, entries)).root)
    factories.consent()
    response = client.post(URL, {**hidden, "step": "send"})
    assert list(response.context["form"].errors) == ["consents"]
    assert not Suggestion.objects.exists()


def test_a_form_without_a_step_is_only_checked(client, entries):
    del entries["step"]
    assert client.post(URL, entries).status_code == 200
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    "step", ["", "delete", "send:", ":", "check:x", "edit:" + "9" * 5000, "\0"]
)
def test_an_unknown_step_is_answered(client, entries, step):
    assert client.post(URL, {**entries, "step": step}).status_code in (200, 303)


def test_checking_a_sent_form_redirects_to_the_receipt(client, entries):
    """After going back to the form or reloading the check page."""
    client.post(URL, {**entries, "step": "send"})
    response = client.post(URL, entries)
    assert (response.status_code, response.url) == (303, "/feedback/receipt/")
    assert Suggestion.objects.count() == 1


def test_the_text_is_escaped(client, entries):
    text = '"><script>alert(1)</script> </dd>'
    assert "<script>alert" not in client.post(URL, {**entries, "text": text}).content.decode()


def test_the_check_page_is_never_cached(client, entries):
    assert "no-store" in client.post(URL, entries).headers["Cache-Control"]


def test_what_a_pdf_loses_is_told_with_its_page_before_sending(client, entries):
    entries["files"] = SimpleUploadedFile("план.pdf", noted_pdf())
    page = client.post(URL, entries).content.decode()
    assert "Проверьте и отправьте" in page
    assert "Не сохранится: текст заметки (стр.\u00a01)." in page


def test_a_pdf_that_loses_nothing_is_shown_without_a_warning(client, entries):
    entries["files"] = SimpleUploadedFile("план.pdf", CORPUS["stamp"])
    page = client.post(URL, entries).content.decode()
    assert "план.pdf" in page
    assert "Не сохранится" not in page


@pytest.mark.django_db(transaction=True)
def test_suggestion_and_session_of_its_receipt_are_one_commit(client, entries):
    with CaptureQueriesContext(connection) as captured:
        response = client.post(URL, {**entries, "step": "send"})
    statements = [query["sql"] for query in captured]
    assert response.status_code == 303
    assert statements.count("COMMIT") == 1
