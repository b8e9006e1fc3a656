"""Staged files of a form: preserved while it is invalid, then submitted."""

import datetime
from types import SimpleNamespace
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from college_site.uploads.sandbox import Lane
from feedback import staged_files
from feedback.models import Attachment, RateLimitCounter, Suggestion
from feedback.models.rate_limits import Scope
from feedback.moderation import abuse
from feedback.receipts.codes import staging_hash
from feedback.staged_files import LARGEST, file_name, size_problem
from feedback.uploader import UPLOADER_COOKIE
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
URL = "/feedback/new/"


def picture(name="Двор.jpg", side=64):
    return SimpleUploadedFile(name, factories.picture_bytes((side, 48)))


def invalid_file(name="Вирус.jpg"):
    return SimpleUploadedFile(name, b"MZ\x90")


@pytest.fixture
def entries():
    return factories.suggestion_entries(step="check")


@pytest.fixture
def author(client):
    """A client with the author's session of `author.suggestion`."""
    client.suggestion = factories.suggestion()
    response = HttpResponse()
    start_author_session(response, client.suggestion)
    client.cookies.update(response.cookies)
    return client


def names():
    return sorted(Attachment.objects.values_list("name", flat=True))


def page(response):
    return response.content.decode()


def test_an_empty_form_looks_for_no_files(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(URL)
    assert not any("feedback_attachment" in query["sql"] for query in captured)


def test_the_check_page_lists_the_files(client, entries):
    response = client.post(URL, {**entries, "files": [picture(), picture("Вход.jpg", 65)]})
    assert "Проверьте и отправьте" in page(response)
    assert "Двор.jpg" in page(response)
    assert "Вход.jpg" in page(response)


def test_staged_files_are_stored_under_a_hash_of_key_and_browser(client, entries):
    client.post(URL, {**entries, "files": picture()})
    waiting = Attachment.objects.get()
    uploader = client.cookies[UPLOADER_COOKIE].value
    assert waiting.staging_hash == staging_hash(UUID(entries["submission_key"]), uploader)
    assert waiting.suggestion is None


def test_sending_attaches_the_files_to_suggestion_and_first_event(client, entries):
    client.post(URL, {**entries, "files": picture()})
    client.post(URL, {**entries, "step": "send"})
    file = Attachment.objects.get()
    assert file.suggestion == Suggestion.objects.get()
    assert file.event.kind == "received"


def test_sending_twice_attaches_the_files_once(client, entries):
    client.post(URL, {**entries, "files": picture()})
    for _ in range(2):
        client.post(URL, {**entries, "step": "send"})
    assert Attachment.objects.sent().count() == 1


def test_files_survive_an_error_in_another_field(client, entries):
    response = client.post(URL, {**entries, "text": "", "files": picture()})
    assert "Уже приложено" in page(response)
    assert "Убрать «Двор.jpg»" in page(response)
    client.post(URL, {**entries, "step": "send"})
    assert Suggestion.objects.get().attachments.count() == 1


def test_an_invalid_form_key_is_replaced(client, entries):
    response = client.post(URL, {**entries, "submission_key": "x", "files": picture()})
    assert "Убрать «Двор.jpg»" in page(response)


def test_a_refused_file_is_named_and_the_others_are_staged(client, entries):
    response = client.post(URL, {**entries, "files": [picture(), invalid_file()]})
    assert "«Вирус.jpg»" in response.context["form"].errors["files"][0]
    assert names() == ["Двор.jpg"]
    assert "Убрать «Двор.jpg»" in page(response)


def test_the_edit_step_shows_file_errors_only(client, entries):
    response = client.post(URL, {**entries, "step": "edit", "files": invalid_file()})
    assert list(response.context["form"].errors) == ["files"]


def test_a_staged_file_can_be_removed(client, entries):
    client.post(URL, {**entries, "files": [picture(), picture("Вход.jpg", 65)]})
    removed = Attachment.objects.get(name="Двор.jpg")
    response = client.post(URL, {**entries, "remove": str(removed.key)})
    assert names() == ["Вход.jpg"]
    assert "Двор.jpg" not in page(response)


def test_a_file_of_another_form_cannot_be_removed(client, entries):
    client.post(URL, {**entries, "files": picture()})
    other = {**entries, "submission_key": str(uuid4())}
    client.post(URL, {**other, "remove": str(Attachment.objects.get().key)})
    assert names() == ["Двор.jpg"]


@pytest.mark.parametrize("value", ["x", "", "\x00"])
def test_removing_an_invalid_file_key_changes_nothing(client, entries, value):
    client.post(URL, {**entries, "files": picture()})
    assert client.post(URL, {**entries, "remove": value}).status_code == 200
    assert names() == ["Двор.jpg"]


def test_a_sixth_file_is_refused(client, entries):
    six = [picture(f"{number}.jpg", 60 + number) for number in range(6)]
    response = client.post(URL, {**entries, "files": six})
    assert "до 5 файлов" in response.context["form"].errors["files"][0]


def test_uploads_beyond_the_network_limit_wait(client, entries, monkeypatch):
    monkeypatch.setattr(abuse, "MAX_UPLOADS", 1)
    with time_machine.travel("2026-03-02 12:05+04:00", tick=False):
        entries = {**entries, "opened": abuse.sign_opening_time()}
        client.post(URL, {**entries, "files": picture()})
        response = client.post(URL, {**entries, "files": picture("Вход.jpg", 65)})
    [error] = response.context["form"].errors["files"]
    assert "Отправьте текст без них" in error
    assert "подождите 10\u00a0минут" in error
    assert names() == ["Двор.jpg"]


def test_a_form_opened_before_a_flood_may_upload(client, entries, monkeypatch):
    monkeypatch.setattr(abuse, "MAX_UPLOADS", 1)
    with time_machine.travel("2026-03-02 12:05+04:00", tick=False):
        opened = abuse.sign_opening_time()
    with time_machine.travel("2026-03-02 12:16+04:00", tick=False):
        client.post(URL, {**entries, "files": picture()})
        client.post(URL, {**entries, "opened": opened, "files": picture("Вход.jpg", 65)})
    assert names() == ["Вход.jpg", "Двор.jpg"]


def test_the_author_of_an_earlier_suggestion_may_upload_despite_a_flood(author, monkeypatch):
    monkeypatch.setattr(abuse, "MAX_UPLOADS", 1)
    RateLimitCounter.add(Scope.UPLOADS, "127.0.0.1")
    Suggestion.objects.update(received_at=timezone.now() - datetime.timedelta(minutes=11))
    form = {"key": str(uuid4()), "number": author.suggestion.number, "text": "Вот снимок."}
    response = author.post("/feedback/mine/reply/", {**form, "files": picture()})
    assert response.status_code == 303


def test_a_full_disk_returns_the_form_with_its_text(client, entries, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("feedback.staged_files.default_storage.save", full)
    response = client.post(URL, {**entries, "files": picture()})
    assert response.status_code == 503
    assert entries["text"] in page(response)
    assert "выберите заново" in page(response)


def test_a_form_whose_files_get_no_decoder_returns_with_its_text(client, entries, settings):
    settings.DECODERS = {"visitors": 0}
    no_patience = Lane("visitors", threads=1, patience=0, budget=30)
    with patch.object(staged_files, "VISITORS", no_patience):
        response = client.post(URL, {**entries, "files": picture()})
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert entries["text"] in page(response)
    assert "выберите заново" in page(response)


def test_a_reply_whose_files_get_no_thread_returns_with_its_text(author, caplog):
    form = {"key": str(uuid4()), "number": author.suggestion.number, "text": "Вот снимок."}
    lane = Lane("visitors", threads=1, patience=0, budget=30)
    with patch.object(staged_files, "VISITORS", lane), lane.turn():
        response = author.post("/feedback/mine/reply/", {**form, "files": picture()})
    assert response.status_code == 503
    assert "Вот снимок." in page(response)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("MOST_STAGED_BY_NETWORK", "из вашей сети"), ("MOST_STAGED", "на сайте сейчас")],
)
def test_unsent_files_are_limited(client, entries, monkeypatch, limit, reason):
    client.post(URL, {**entries, "files": picture()})
    monkeypatch.setattr(staged_files, limit, Attachment.objects.get().size + 10)
    response = client.post(URL, {**entries, "files": picture("Вход.jpg", 65)})
    assert reason in response.context["form"].errors["files"][0]
    assert names() == ["Двор.jpg"]


def test_unsent_files_of_another_network_do_not_count(client, entries, monkeypatch):
    client.post(URL, {**entries, "files": picture()}, REMOTE_ADDR="192.0.2.1")
    monkeypatch.setattr(staged_files, "MOST_STAGED_BY_NETWORK", Attachment.objects.get().size + 10)
    client.post(URL, {**entries, "files": picture("Вход.jpg", 65)}, REMOTE_ADDR="192.0.2.2")
    assert len(names()) == 2


def test_sent_files_neither_count_nor_tell_their_network(client, entries, monkeypatch):
    client.post(URL, {**entries, "files": picture()})
    assert Attachment.objects.get().staging_network is not None
    client.post(URL, {**entries, "step": "send"})
    assert Attachment.objects.get().staging_network is None
    assert Attachment.objects.staged_bytes() == 0


def test_files_are_attached_to_a_reply(author):
    form = {"key": str(uuid4()), "number": author.suggestion.number, "text": "Вот снимок."}
    response = author.post("/feedback/mine/reply/", {**form, "files": picture()})
    assert response.status_code == 303
    file = Attachment.objects.get()
    assert file.event.kind == "reply"
    assert file.suggestion == author.suggestion


def test_a_reply_sent_twice_attaches_its_files_once(author):
    form = {"key": str(uuid4()), "number": author.suggestion.number, "text": "Вот снимок."}
    for _ in range(2):
        author.post("/feedback/mine/reply/", {**form, "files": picture()})
    assert author.suggestion.events.filter(kind="reply").count() == 1
    assert Attachment.objects.sent().count() == 1


def test_files_survive_a_reply_without_text(author):
    form = {"key": str(uuid4()), "number": author.suggestion.number}
    response = author.post("/feedback/mine/reply/", {**form, "text": "", "files": picture()})
    assert "Убрать «Двор.jpg»" in page(response)
    author.post("/feedback/mine/reply/", {**form, "text": "Вот снимок."})
    assert Attachment.objects.get().event.kind == "reply"


def test_files_survive_a_reply_with_an_invalid_key(author):
    form = {"key": "x", "number": author.suggestion.number, "text": "Вот снимок."}
    response = author.post("/feedback/mine/reply/", {**form, "files": picture()})
    assert "Убрать «Двор.jpg»" in page(response)


# Names and sizes ----------------------------------------------------------------------------------


def test_a_file_of_exactly_the_maximum_size_is_accepted():
    assert size_problem(SimpleNamespace(size=LARGEST)) == ""
    assert size_problem(SimpleNamespace(size=LARGEST + 1))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (r"C:\Users\Иванов\двор.png", "двор.jpg"),
        ("я" * 200 + ".png", "я" * 120 + ".jpg"),
        ("план.pdf.PDF", "план.jpg"),
        ("IMG_1.jpeg.png", "IMG_1.jpg"),
        ("План: 1.2 «черновик»?.heic", "План 1.2 «черновик».jpg"),
        (".pdf", "Документ.jpg"),
        ("", "Документ.jpg"),
    ],
)
def test_file_names_are_safe_to_save_and_have_one_extension(name, expected):
    assert file_name(name, "image/jpeg") == expected
