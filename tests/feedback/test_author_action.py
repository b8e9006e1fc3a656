"""Author actions: reply, rate, reopen, withdraw; each once, no text is lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from feedback.models import Event, Suggestion
from feedback.receipts.codes import receipt_code
from tests import factories
from tests.clients import browser, start_author_session
from tests.pdf_factories import noted_pdf

pytestmark = pytest.mark.django_db
TEXT = {"text": "У главного входа."}
ENTRIES = {"reply": TEXT, "rate": {"rating": "3"}, "reopen": TEXT, "withdraw": {}}


def start_session(client, suggestion):
    response = HttpResponse()
    start_author_session(response, suggestion)
    client.cookies.update(response.cookies)


def stepped(client, step, **fields):
    """A suggestion that allows this action, with its author's session in the client."""
    closed = step in ("rate", "reopen")
    state = {"status": "answered", "answer": "Стоят."} if closed else {"status": "waiting"}
    suggestion = factories.suggestion(**{**state, **fields})
    start_session(client, suggestion)
    return suggestion


def send(client, suggestion, step, key=None, **entries):
    form = {"key": key or uuid4(), "number": suggestion.number, **ENTRIES[step], **entries}
    return client.post(f"/feedback/mine/{step}/", form)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("reply", "reply"),
        ("rate", "rated"),
        ("reopen", "reopened"),
        ("withdraw", "withdrawn"),
    ],
)
def test_a_step_is_recorded_and_redirects_back(client, step, kind):
    suggestion = stepped(client, step)
    response = send(client, suggestion, step)
    assert (response.status_code, response["Location"]) == (303, "/feedback/mine/")
    assert suggestion.events.filter(kind=kind).count() == 1


@pytest.mark.parametrize("step", ENTRIES)
def test_a_get_request_takes_no_step(client, step):
    suggestion = stepped(client, step)
    assert client.get(f"/feedback/mine/{step}/").status_code == 200
    assert suggestion.events.count() == 1


@pytest.mark.parametrize("step", ENTRIES)
def test_a_double_click_makes_one_step(client, step):
    suggestion, key = stepped(client, step), uuid4()
    answers = [send(client, suggestion, step, key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert suggestion.events.count() == 2


def test_an_edited_text_with_the_same_key_is_another_reply(client):
    suggestion, key = stepped(client, "reply"), uuid4()
    send(client, suggestion, "reply", key=key)
    send(client, suggestion, "reply", key=key, text="Нет, у бокового.")
    assert suggestion.events.filter(kind="reply").count() == 2


@pytest.mark.parametrize(
    ("step", "entries", "words"),
    [
        ("reply", {"text": " "}, "Напишите ответ"),
        ("reply", {"text": "а" * 5001}, "Сократите текст до 5000 знаков"),
        ("reopen", {"text": ""}, "Напишите, что осталось нерешённым"),
        ("rate", {"rating": ""}, "Отметьте, помог ли ответ."),
        ("rate", {"rating": "4"}, "Отметьте один из трёх вариантов."),
    ],
)
def test_an_invalid_step_explains_what_to_do(client, step, entries, words):
    page = send(client, stepped(client, step), step, **entries).content.decode()
    assert words in page
    assert "<title>Ошибка: " in page


@pytest.mark.parametrize(
    "entries",
    [
        {"text": "a\0b"},
        {"key": "x"},
        {"number": "\0"},
        {"rating": "9" * 5000},
        {"text": "\U0010ffff" * 5000},
    ],
)
@pytest.mark.parametrize("step", ENTRIES)
def test_hostile_entries_are_answered(client, step, entries):
    assert send(client, stepped(client, step), step, **entries).status_code in (200, 303)


def test_an_outdated_step_is_refused_and_its_text_preserved(client):
    suggestion = stepped(client, "reply")
    Suggestion.objects.get().give_answer("Уже стоят.", None)
    page = send(client, suggestion, "reply").content.decode()
    assert "Пока страница была открыта, всё изменилось" in page
    assert TEXT["text"] in page
    assert not Event.objects.filter(kind="reply").exists()


@pytest.mark.parametrize("step", ENTRIES)
def test_the_page_of_an_impossible_step_redirects_back(client, step):
    start_session(client, factories.suggestion(status="withdrawn"))
    response = client.get(f"/feedback/mine/{step}/")
    assert (response.status_code, response["Location"]) == (303, "/feedback/mine/")


def test_withdrawing_asks_for_confirmation(client):
    stepped(client, "withdraw")
    page = client.get("/feedback/mine/withdraw/").content.decode()
    assert "вернуть его будет нельзя" in page
    assert "Да, отозвать" in page


def test_a_form_for_another_suggestion_is_refused(client):
    first = stepped(client, "reply")
    second = stepped(client, "reply")
    page = send(client, first, "reply").content.decode()
    assert f"открыто предложение № {second.number}" in page
    assert TEXT["text"] in page
    assert not Event.objects.filter(kind="reply").exists()


@pytest.mark.parametrize("step", ENTRIES)
def test_a_stale_token_returns_the_form_with_its_text(step):
    client = browser(enforce_csrf_checks=True)
    suggestion = stepped(client, step)
    response = send(client, suggestion, step)
    page = response.content.decode()
    assert response.status_code == 403
    assert "открыта слишком долго" in page
    if "text" in ENTRIES[step]:
        assert TEXT["text"] in page
    assert suggestion.events.count() == 1


@pytest.mark.parametrize("strict", [True, False])
def test_an_expired_session_keeps_the_text_until_the_code_is_entered(strict):
    client, key = browser(enforce_csrf_checks=strict), uuid4()
    suggestion = factories.suggestion(key=key, status="waiting")
    page = send(client, suggestion, "reply").content.decode()
    assert "Ваш текст не отправлен, но и не потерян" in page
    assert page.count(TEXT["text"]) == 2
    assert 'action="/feedback/status/"' in page
    receipt = {"number": suggestion.number, "code": receipt_code(key)}
    carried = {"action_name": "reply", "unsent": TEXT["text"], **receipt}
    form = Client().post("/feedback/status/", carried).content.decode()
    assert TEXT["text"] in form
    assert "/feedback/mine/reply/" in form
    assert not Event.objects.filter(kind="reply").exists()


# Failures -----------------------------------------------------------------------------------------


@pytest.fixture
def locked(monkeypatch):
    """A database that rejects writes until `locked.undo()`."""

    def fail(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Suggestion, "_change", fail)
    return monkeypatch


@pytest.mark.parametrize("step", ENTRIES)
def test_a_locked_database_returns_the_form_with_its_text(client, locked, step):
    response = send(client, stepped(client, step), step)
    page = response.content.decode()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "подождите полминуты" in page
    assert ENTRIES[step].get("text", "") in page


@pytest.mark.parametrize("step", ENTRIES)
def test_a_returned_form_can_be_resent_once(client, locked, read_page, step):
    suggestion = stepped(client, step)
    root = read_page(send(client, suggestion, step)).root
    key = next(field["value"] for field in root.all("input") if field.get("name") == "key")
    locked.undo()
    for _ in range(2):
        assert send(client, suggestion, step, key=key).status_code == 303
    assert suggestion.events.count() == 2


def test_a_returned_form_keeps_its_suggestion_number(client, locked):
    first = stepped(client, "reply")
    stepped(client, "reply")
    page = send(client, first, "reply").content.decode()
    assert f'name="number" value="{first.number}"' in page


def test_an_internal_error_returns_the_form_with_its_text(client, monkeypatch):
    monkeypatch.setattr(Suggestion, "_change", None)
    response = send(client, stepped(client, "reply"), "reply")
    assert response.status_code == 500
    assert TEXT["text"] in response.content.decode()


def test_a_reply_without_a_database_returns_a_bare_form(client, monkeypatch):
    suggestion = stepped(client, "reply")

    def fail(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("feedback.views.author.author_suggestion", fail)
    response = send(client, suggestion, "reply")
    assert response.status_code == 503
    page = response.content.decode()
    assert TEXT["text"] in page
    assert f'name="number" value="{suggestion.number}"' in page


def test_an_unknown_step_is_not_found(client):
    start_session(client, factories.suggestion())
    assert client.get("/feedback/mine/publish/").status_code == 404
    assert browser(enforce_csrf_checks=True).post("/feedback/mine/publish/").status_code == 403


def test_a_step_without_the_cookie_redirects_to_the_status_form(client):
    response = client.get("/feedback/mine/withdraw/")
    assert (response.status_code, response["Location"]) == (302, "/feedback/status/")


@pytest.mark.parametrize("path", ["/feedback/mine/", "/feedback/mine/reply/"])
def test_files_of_a_reply_are_sent_as_multipart(client, read_page, path):
    stepped(client, "reply")
    forms = read_page(client.get(path)).root.all("form")
    form = next(form for form in forms if form.get("action") == "/feedback/mine/reply/")
    assert form["enctype"] == "multipart/form-data"


def test_a_reply_waits_until_its_author_knows_what_a_file_loses(client):
    suggestion, key = stepped(client, "reply"), uuid4()
    file = SimpleUploadedFile("план.pdf", noted_pdf())
    page = send(client, suggestion, "reply", key, files=file).content.decode()
    assert "«план.pdf» приложен, но не сохранится: текст заметки (стр.\u00a01)." in page
    assert not suggestion.events.filter(kind="reply").exists()
    send(client, suggestion, "reply", key)
    assert suggestion.events.get(kind="reply").attachments.get().name == "план.pdf"
