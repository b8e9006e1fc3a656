"""If a submission fails, its text is returned in a form to submit again."""

import errno
import logging
import sqlite3

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from college_site.models import College
from feedback.models import Event, RateLimitCounter, Suggestion, SuggestionTopic
from tests import factories
from tests.clients import browser

pytestmark = pytest.mark.django_db
URL = "/feedback/new/"
TEXT = "Поставьте лавочки\nво дворе."
UNSENT = ("radio", "checkbox", "file")  # unless checked
FULL_DISK = OSError(errno.ENOSPC, "No space left on device: лавочки")


@pytest.fixture
def entries():
    """The POST data of the check page."""
    topic = str(factories.suggestion_topic().pk)
    return factories.suggestion_entries(topic=topic, text=TEXT, may_publish="on")


@pytest.fixture
def csrf_client():
    """A client with CSRF checks."""
    client = browser(enforce_csrf_checks=True)
    client.get(URL)
    return client


def token(client):
    return {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}


def make_failing(error):
    def fail(*args, **kwargs):
        raise error

    return fail


@pytest.fixture
def break_registration(monkeypatch):
    """A function that makes the registration raise an error."""
    return lambda error: monkeypatch.setattr(Suggestion, "register", make_failing(error))


@pytest.fixture
def unreachable_database(monkeypatch):
    """A database that fails on every query."""
    error = OperationalError("connection refused")
    monkeypatch.setattr(Suggestion, "register", make_failing(error))
    for manager in (SuggestionTopic.objects, College.objects):
        monkeypatch.setattr(manager, "get_queryset", make_failing(error))


def read_form_entries(root):
    """The POST data of a page's form with unchanged values."""
    form = next(form for form in root.all("form") if form.get("method") == "post")
    fields = {}
    for field in form.all("input", "textarea", "option"):
        if field.name == "textarea":
            fields[field["name"]] = "".join(field.children).removeprefix("\n")
        elif field.name == "option":
            fields |= {"topic": field["value"]} if "selected" in field.attributes else {}
        elif field.get("type") not in UNSENT or "checked" in field.attributes:
            fields[field["name"]] = field.get("value", "on")
    return fields


BUSY = [
    DatabaseError("disk image"),
    InterfaceError("no connection"),
    OperationalError("locked"),
    FULL_DISK,
]


@pytest.mark.parametrize("error", BUSY, ids=lambda error: type(error).__name__)
def test_a_temporary_database_failure_is_answered_503_with_retry_after(
    client, entries, break_registration, error
):
    break_registration(error)
    response = client.post(URL, entries)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "подождите полминуты" in response.content.decode()


@pytest.mark.parametrize("error", [RuntimeError("x"), KeyError("x"), RecursionError()], ids=repr)
def test_any_other_failure_is_answered_500(client, entries, break_registration, error):
    break_registration(error)
    response = client.post(URL, entries)
    assert response.status_code == 500
    assert "Retry-After" not in response.headers
    assert "На сайте ошибка" in response.content.decode()


@pytest.mark.parametrize(
    "error", [*BUSY, RuntimeError("x")], ids=lambda error: type(error).__name__
)
def test_the_recovery_form_contains_every_entry(
    client, entries, break_registration, read_page, error
):
    break_registration(error)
    again = read_form_entries(read_page(client.post(URL, entries)).root)
    assert {name: again.get(name) for name in entries if name != "step"} == {
        name: value for name, value in entries.items() if name != "step"
    }


def test_the_title_of_the_recovery_form_mentions_the_error(
    client, entries, break_registration, read_page
):
    break_registration(FULL_DISK)
    assert next(read_page(client.post(URL, entries)).root.all("title")).text().startswith("Ошибка:")


def test_the_recovery_form_is_never_cached(client, entries, break_registration):
    break_registration(FULL_DISK)
    assert "no-store" in client.post(URL, entries).headers["Cache-Control"]


def test_resending_the_recovery_form_registers_one_suggestion(
    csrf_client, entries, monkeypatch, read_page
):
    with monkeypatch.context() as patch:
        patch.setattr(Suggestion, "register", make_failing(FULL_DISK))
        response = csrf_client.post(URL, {**entries, **token(csrf_client)})
    again = {**read_form_entries(read_page(response).root), "step": "send"}
    assert csrf_client.post(URL, again).status_code == 303
    assert csrf_client.post(URL, again).status_code == 303
    assert Suggestion.objects.get().text == TEXT


def test_resending_after_a_late_failure_does_not_register_twice(
    client, entries, monkeypatch, read_page
):
    with monkeypatch.context() as patch:
        patch.setattr("feedback.uploader.cookie_attributes", make_failing(RuntimeError("late")))
        response = client.post(URL, entries)
    assert response.status_code == 500
    client.post(URL, {**read_form_entries(read_page(response).root), "step": "send"})
    assert Suggestion.objects.count() == Event.objects.count() == 1


def test_a_failed_registration_is_rolled_back(client, entries, monkeypatch):
    monkeypatch.setattr(Suggestion, "record", make_failing(FULL_DISK))
    assert client.post(URL, entries).status_code == 503
    assert not Suggestion.objects.exists()


def test_the_text_survives_a_failure_of_the_check_step(client, entries, monkeypatch):
    monkeypatch.setattr(
        "feedback.forms.suggestion.SuggestionForm.is_registered", make_failing(FULL_DISK)
    )
    response = client.post(URL, {**entries, "step": "check"})
    assert response.status_code == 503
    assert TEXT in response.content.decode()


def test_a_failure_to_show_the_form_offers_no_recovery(strict_client, monkeypatch):
    monkeypatch.setattr(SuggestionTopic.objects, "get_queryset", make_failing(RuntimeError("x")))
    response = strict_client.get(URL)
    assert response.status_code == 500
    assert "Ваш текст" not in response.content.decode()


def test_a_malformed_request_is_answered_400(strict_client):
    broken_body = {"data": b"--b", "content_type": "multipart/form-data; boundary="}
    assert strict_client.generic("POST", URL, **broken_body).status_code == 400


# Without a database -------------------------------------------------------------------------------


def test_the_text_is_returned_even_without_a_database(
    csrf_client, entries, unreachable_database, read_page
):
    response = csrf_client.post(URL, {**entries, **token(csrf_client)})
    assert response.status_code == 503
    assert read_form_entries(read_page(response).root)["text"] == TEXT


def test_the_bare_form_can_be_sent_once_the_database_is_back(
    csrf_client, entries, monkeypatch, read_page
):
    error = OperationalError("connection refused")
    with monkeypatch.context() as patch:
        patch.setattr(Suggestion, "register", make_failing(error))
        patch.setattr(SuggestionTopic.objects, "get_queryset", make_failing(error))
        response = csrf_client.post(URL, {**entries, **token(csrf_client)})
    assert "Отправить ещё раз" in response.content.decode()
    again = read_form_entries(read_page(response).root)
    assert csrf_client.post(URL, {**again, "step": "check"}).status_code == 200
    assert csrf_client.post(URL, {**again, "step": "send"}).status_code == 303
    assert Suggestion.objects.get().may_publish is True


def test_a_form_with_a_stale_token_is_returned_without_a_database(entries, unreachable_database):
    response = browser(enforce_csrf_checks=True).post(URL, entries)
    assert response.status_code == 403
    assert TEXT in response.content.decode()


def test_the_bare_form_escapes_its_entries(client, entries, unreachable_database):
    hostile = {"text": "</textarea><script>alert(1)</script>", '"><script>alert(2)': "x"}
    assert "<script>alert" not in client.post(URL, {**entries, **hostile}).content.decode()


# Stale CSRF tokens --------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["check", "send", "edit"])
def test_every_step_with_a_stale_token_can_be_resent(entries, read_page, step):
    client = browser(enforce_csrf_checks=True)
    response = client.post(URL, {**entries, "step": step})
    assert response.status_code == 403
    again = read_form_entries(read_page(response).root)
    assert again["text"] == TEXT
    assert client.post(URL, {**again, "step": "send"}).status_code == 303


def test_a_form_returned_for_a_stale_token_shows_no_errors(entries):
    response = browser(enforce_csrf_checks=True).post(URL, {**entries, "role": ""})
    assert not response.context["form"].errors


# Logging ------------------------------------------------------------------------------------------


def test_the_log_names_the_error_and_place_without_personal_data(
    client, entries, break_registration, caplog
):
    break_registration(
        OperationalError("DETAIL: Failing row contains (Поставьте лавочки, a@example.ru)")
    )
    with caplog.at_level(logging.DEBUG):
        client.post(URL, {**entries, "email": "a@example.ru"})
    assert "OperationalError" in caplog.text
    assert "feedback/views/suggestions.py" in caplog.text
    for secret in ("лавочки", "a@example.ru", entries["submission_key"]):
        assert secret not in caplog.text


def test_the_log_names_the_error_code_of_the_cause(client, entries, break_registration, caplog):
    break_registration(FULL_DISK)
    client.post(URL, entries)
    assert "OSError (ENOSPC)" in caplog.text


# A locked database --------------------------------------------------------------------------------


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite locks the whole database")
@pytest.mark.django_db(transaction=True)
def test_a_form_returned_for_a_locked_database_can_be_resent(client, entries, read_page, caplog):
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other.execute("BEGIN IMMEDIATE")
    response = client.post(URL, entries)
    other.execute("ROLLBACK")
    other.close()
    assert response.status_code == 503
    assert "OperationalError from OperationalError (SQLITE_BUSY)" in caplog.text
    again = {**read_form_entries(read_page(response).root), "step": "send"}
    assert client.post(URL, again).status_code == 303
    assert Suggestion.objects.get().text == TEXT


def test_the_bare_form_has_one_token_and_one_step(
    csrf_client, entries, unreachable_database, read_page
):
    root = read_page(csrf_client.post(URL, {**entries, **token(csrf_client)})).root
    form = next(form for form in root.all("form") if form.get("method") == "post")
    names = [
        field["name"] for field in form.all("input", "textarea", "button") if field.get("name")
    ]
    assert names.count("csrfmiddlewaretoken") == names.count("step") == names.count("text") == 1


def test_a_failed_registration_is_not_counted_as_a_submission(client, entries, break_registration):
    break_registration(FULL_DISK)
    client.post(URL, entries)
    assert not RateLimitCounter.objects.exists()
