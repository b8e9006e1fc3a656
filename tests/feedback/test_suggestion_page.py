"""The page of one suggestion in the admin: its acts, what it shows, what it costs."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from college_site.accounts.roles import HEAD, INTAKE, RESPONSIBLE
from feedback.models import Event, Mail, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import RIGHTS, act, enter, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS)


# Actions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "action", "words", "after"),
    [
        ("received", "taken_up", "", "in_progress"),
        ("quarantine", "released", "", "received"),
        ("received", "question", "Где?", "waiting"),
        ("received", "forwarded", "Завхозу.", "in_progress"),
        ("in_progress", "extended", "Ждём смету.", "in_progress"),
        ("waiting", "answered", "Поставили.", "answered"),
        ("received", "declined", "Нельзя.", "declined"),
    ],
)
def test_an_action_changes_the_state_and_is_recorded(client, worker, state, action, words, after):
    suggestion = factories.suggestion(status=state)
    assert act(client, suggestion, action, words).status_code == 302
    assert Suggestion.objects.get().status == after
    event = Event.objects.order_by("pk").last()
    assert (event.kind, event.text, event.staff) == (action, words, worker)


def test_only_actions_the_state_allows_are_offered(client, worker):
    page = client.get(page_of(factories.suggestion(status="quarantine"))).content.decode()
    assert "Выпустить из карантина" in page
    assert "Если это спам. Письма не будет" in page
    assert "Спросить автора" not in page


def test_an_outdated_action_is_refused_and_its_text_preserved(client, worker):
    suggestion = factories.suggestion()
    Suggestion.objects.get().withdraw(uuid4())
    page = act(client, suggestion, "answered", "Поставили три лавочки.").content.decode()
    assert "всё изменилось" in page
    assert "Поставили три лавочки." in page
    assert Suggestion.objects.get().status == "withdrawn"


@pytest.mark.parametrize(
    ("action", "words", "complaint"),
    [
        ("answered", " ", "Напишите текст"),
        ("answered", "а" * 5001, "Сократите текст"),
        ("question", "a\0b", "невидимый знак с кодом 0"),
    ],
)
def test_an_invalid_action_shows_an_error_and_changes_nothing(
    client, worker, action, words, complaint
):
    response = act(client, factories.suggestion(), action, words)
    assert complaint in str(response.context["sent"].errors)
    assert Event.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [("opened_up", 200), ("lost", 404), ("reply", 404)])
def test_an_act_that_is_not_offered_changes_nothing(client, worker, name, status):
    assert act(client, factories.suggestion(), name).status_code == status
    assert Event.objects.count() == 1


def test_state_answer_and_text_cannot_be_edited_directly(client, worker):
    suggestion = factories.suggestion()
    act(
        client,
        suggestion,
        "taken_up",
        status="answered",
        answer="Мимо.",
        text="Другое.",
        rating="3",
    )
    stored = Suggestion.objects.get()
    assert (stored.status, stored.answer, stored.rating) == ("in_progress", "", None)
    assert stored.text == suggestion.text


def test_a_changed_topic_is_an_event_that_the_author_does_not_see(client, worker):
    suggestion, topic = factories.suggestion(), factories.suggestion_topic(title="Столовая")
    act(client, suggestion, "topic_changed", topic=topic.pk)
    assert Suggestion.objects.get().topic == topic
    event = Event.objects.get(kind="topic_changed")
    assert event.text == f"{suggestion.topic} → Столовая"
    assert event not in Event.objects.for_author()


def test_changing_to_the_same_topic_leaves_no_event(client, worker):
    suggestion = factories.suggestion()
    page = act(client, suggestion, "topic_changed", topic=suggestion.topic_id).content.decode()
    assert "Тема и сейчас" in page
    assert not Event.objects.filter(kind="topic_changed").exists()


def test_the_admin_log_names_the_action(client, worker):
    act(client, factories.suggestion(), "taken_up")
    assert "Взять в работу" in LogEntry.objects.get().get_change_message()


def test_the_authors_texts_are_escaped(client, worker):
    suggestion = factories.suggestion(text="<script>alert(1)</script>")
    suggestion.reply("<img src=x>", uuid4())
    page = client.get(page_of(suggestion)).content.decode()
    assert "&lt;script&gt;alert" in page
    assert "&lt;img src=x&gt;" in page


@pytest.mark.usefixtures("worker")
def test_the_page_shows_permission_to_publish_and_restriction(client, read_page):
    page = read_page(client.get(page_of(factories.suggestion(may_publish=True))))
    words = page.root.text()
    assert "Публиковать с ответом Автор разрешил" in words
    assert "Закрытая очередь Нет" in words


def test_the_page_shows_the_history_and_the_emails(client, worker, settings):
    settings.EMAIL_HOST = "mail.example.ru"
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    suggestion = factories.suggestion(email="a@example.ru", **consent)
    suggestion.ask("Где поставить?", worker)
    Mail.objects.filter(event__kind="question").update(last_error="450 позже", attempts=2)
    page = client.get(page_of(suggestion)).content.decode()
    for words in ("Где поставить?", worker.username, "Не уходит: 450 позже", "Ждёт отправки"):
        assert words in page


@pytest.mark.parametrize("role", [HEAD, RESPONSIBLE, INTAKE])
def test_fifty_events_and_five_files_take_twelve_queries(
    client, role, django_assert_max_num_queries
):
    for _ in range(5):
        factories.attachment("files")
    user = factories.member(role)
    topic = factories.suggestion_topic(responsible=user if role == RESPONSIBLE else None)
    suggestion = factories.suggestion(staging_hash="files", topic=topic, **factories.contact())
    factories.suggestion(topic=topic)
    for number in range(25):
        suggestion.reply(f"Слово {number}", uuid4())
        suggestion.note(f"Заметка {number}", factories.staff())
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(page_of(suggestion))
    with django_assert_max_num_queries(12):
        page = client.get(page_of(suggestion)).content.decode()
    assert page.count("dialogue__turn--note") == 25


def test_view_only_staff_cannot_act(client):
    enter(client, "view_suggestion", "view_queue")
    suggestion = factories.suggestion()
    page = client.get(page_of(suggestion)).content.decode()
    assert suggestion.text in page
    assert "Что сделать" not in page
    assert act(client, suggestion, "taken_up").status_code == 403


def test_the_history_shows_the_local_time(client, worker):
    moment = datetime.datetime(2026, 3, 1, 21, 30, tzinfo=datetime.UTC)
    with time_machine.travel(moment, tick=False):
        suggestion = factories.suggestion()
    history = client.get(page_of(suggestion)).content.decode().partition('class="dialogue"')[2]
    assert "02.03.2026 01:30" in history
