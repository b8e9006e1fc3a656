"""What another site posts to our forms never stands on our pages."""

import re
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from college_site.models import College
from feedback.models import Attachment, Suggestion, SuggestionTopic
from tests import factories
from tests.clients import browser, start_author_session

pytestmark = pytest.mark.django_db
NEW, STATUS, REPLY = "/feedback/new/", "/feedback/status/", "/feedback/mine/reply/"
OWN = {"Origin": "http://testserver"}
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/"},
    {},
]
PLANTED = str(uuid4())
SENT = {
    "step": "check",
    "submission_key": PLANTED,
    "key": PLANTED,
    "number": "2026-4711",
    "code": "ABCD EFGH",
    "text": "Слова чужого сайта.",
    "unsent": "Слова чужого сайта.",
    "action_name": "reply",
    "email": "evil@example.org",
    "evil": "evil entry",
}
TRACES = (PLANTED, "2026-4711", "ABCD", "Слова чужого сайта", "evil@", "evil entry")
HIDDEN_KEY = re.compile('name="(?:submission_)?key" value="([^"]+)"')


@pytest.fixture
def victim():
    return Client(enforce_csrf_checks=True)


def traces(response):
    page = response.content.decode()
    return [trace for trace in TRACES if trace in page]


def hidden_key(response):
    return HIDDEN_KEY.search(response.content.decode())[1]


def picture():
    return SimpleUploadedFile("Двор.jpg", factories.picture_bytes())


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", [NEW, STATUS, REPLY])
def test_the_page_of_a_foreign_form_contains_nothing_of_it(victim, path, headers):
    response = victim.post(path, SENT, headers=headers)
    assert response.status_code == 403
    assert traces(response) == []
    assert "не с этого сайта" in response.content.decode()


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_foreign_reply_leaves_no_trace_in_an_authors_session(victim, headers):
    """Browsers without SameSite send the author's cookie along."""
    response = HttpResponse()
    start_author_session(response, factories.suggestion())
    victim.cookies.update(response.cookies)
    answer = victim.post(REPLY, SENT, headers=headers)
    assert answer.status_code == 403
    assert traces(answer) == []
    assert UUID(hidden_key(answer)) != UUID(PLANTED)


def test_a_foreign_form_leaves_no_trace_without_a_database(victim, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("connection refused")

    for manager in (SuggestionTopic.objects, College.objects):
        monkeypatch.setattr(manager, "get_queryset", fail)
    response = victim.post(NEW, SENT, headers=FOREIGN[0])
    assert response.status_code == 403
    assert traces(response) == []


def test_the_page_of_a_foreign_form_has_a_new_key(victim):
    keys = {hidden_key(victim.post(NEW, SENT, headers=FOREIGN[0])) for _ in range(2)}
    assert len(keys) == 2
    assert PLANTED not in keys


def test_an_own_form_with_a_stale_token_gets_text_and_files_back(victim):
    entries = {"topic": factories.suggestion_topic().pk, "role": "student", "text": "Лавочки!"}
    page = victim.get(NEW)
    entries |= {"submission_key": hidden_key(page), "step": "check"}
    token = {"csrfmiddlewaretoken": victim.cookies["csrftoken"].value}
    victim.post(NEW, {**entries, **token, "files": picture()}, headers=OWN)
    del victim.cookies["csrftoken"]
    response = victim.post(NEW, entries, headers=OWN)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Лавочки!" in page
    assert "Убрать «Двор.jpg»" in page


# Files belong to the browser that brought them ----------------------------------------------------


@pytest.fixture
def entries():
    return factories.suggestion_entries(submission_key=PLANTED)


def test_a_file_does_not_follow_the_key_to_another_browser(entries):
    victim, attacker = browser(), browser()
    victim.post(NEW, {**entries, "step": "check", "files": picture()})
    attacker.post(NEW, {**entries, "text": "Я знаю ключ этой формы."})
    assert Attachment.objects.get().suggestion is None
    victim.post(NEW, entries)
    assert Attachment.objects.get().suggestion == Suggestion.objects.get(text=entries["text"])


def test_a_file_is_neither_listed_nor_removed_in_another_browser(entries):
    victim, attacker = browser(), browser()
    victim.post(NEW, {**entries, "step": "check", "files": picture()})
    removal = {**entries, "step": "edit", "remove": str(Attachment.objects.get().key)}
    assert "Двор.jpg" not in attacker.post(NEW, removal).content.decode()
    assert Attachment.objects.exists()


def test_the_files_of_a_reply_belong_to_the_browser_too():
    suggestion = factories.suggestion()
    victim, attacker = browser(), browser()
    for client in (victim, attacker):
        response = HttpResponse()
        start_author_session(response, suggestion)
        client.cookies.update(response.cookies)
    form = {"key": PLANTED, "number": suggestion.number}
    victim.post(REPLY, {**form, "text": "", "files": picture()})
    attacker.post(REPLY, {**form, "text": "Мой ответ."})
    assert Attachment.objects.get().suggestion is None


@pytest.mark.parametrize("cookie", ["", "x", "0" * 31, "A" * 32, "\0"])
def test_an_invalid_uploader_cookie_is_replaced(client, entries, cookie):
    client.cookies["uploader"] = cookie
    client.post(NEW, {**entries, "step": "check", "files": picture()})
    assert re.fullmatch("[0-9a-f]{32}", client.cookies["uploader"].value)
    client.post(NEW, entries)
    assert Attachment.objects.get().suggestion is not None


def test_the_uploader_cookie_ends_with_the_browser(client, settings):
    cookie = client.get(NEW).cookies["uploader"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert (cookie["samesite"], cookie["httponly"], cookie["path"]) == ("Strict", True, "/")
    assert bool(cookie["secure"]) == settings.HTTPS


def test_a_form_that_is_opened_twice_stays_with_one_uploader(client):
    first = client.get(NEW).cookies["uploader"].value
    assert "uploader" not in client.get(NEW).cookies
    assert client.cookies["uploader"].value == first
