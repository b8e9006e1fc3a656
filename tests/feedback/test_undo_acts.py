"""An act of staff can be taken back for a minute, while its letters wait."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.author_export import collect_facts
from feedback.desk.dialogue import list_turns
from feedback.desk.undo import CHANGED, SENT, TOO_LATE, events_for_author
from feedback.history.links import undo_key
from feedback.history.verification import BrokenLink, verify_history
from feedback.mail.outbox import send_due
from feedback.models import ActDraft, ActStep, Event, Mail, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import LIST, RIGHTS, act, enter, page_of

pytestmark = pytest.mark.django_db
COLUMNS = ("status", "topic_id", "responsible_id", "limit_on", "due_on", "paused_on", "answer")
COLUMNS += ("answered_at", "is_extended", "is_restricted")
ACTS = [
    ("received", "taken_up"),
    ("quarantine", "released"),
    ("received", "question"),
    ("waiting", "answered"),
    ("received", "answered"),
    ("in_progress", "declined"),
    ("waiting", "forwarded"),
    ("in_progress", "extended"),
    ("received", "restricted"),
    ("received", "note"),
]


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS, "view_restricted")


def columns():
    return Suggestion.objects.values_list(*COLUMNS).get()


def undo(client, key=None):
    key = key or ActStep.objects.get().key
    response = client.post(f"{LIST}undo/{key}/", follow=True)
    return [str(message) for message in response.context["messages"]][-1:]


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("status", "name"), ACTS)
def test_an_undone_act_leaves_everything_as_before(client, status, name):
    suggestion = factories.suggestion(status=status, **factories.contact())
    before, letters = columns(), set(Mail.objects.values_list("pk", flat=True))
    act(client, suggestion, name, "Слова.")
    assert undo(client) == [f"{suggestion}: действие отменено."]
    assert columns() == before
    assert set(Mail.objects.values_list("pk", flat=True)) == letters
    verify_history()


def test_undoing_is_an_event_of_its_own_and_deletes_none(client, worker):
    suggestion = factories.suggestion()
    act(client, suggestion, "question", "Где?")
    undo(client)
    kinds = [event.kind for event in suggestion.events.order_by("position")]
    assert kinds == ["received", "question", "undone"]
    undone = Event.objects.get(kind="undone")
    assert (undone.undoes.text, undone.staff) == ("Где?", worker)


@pytest.mark.usefixtures("worker")
def test_the_page_strikes_through_what_was_undone(client, read_page):
    suggestion = factories.suggestion()
    act(client, suggestion, "question", "Где?")
    undo(client)
    page = client.get(page_of(suggestion)).content.decode()
    assert "<s>Где?</s>" in page


@pytest.mark.usefixtures("worker")
def test_the_author_sees_neither_the_undone_act_nor_the_undoing(client):
    suggestion = factories.suggestion()
    act(client, suggestion, "question", "Где?")
    undo(client)
    assert [event.kind for event in suggestion.events.for_author()] == ["received"]


@pytest.mark.usefixtures("worker")
def test_the_words_of_an_undone_act_are_offered_again(client):
    suggestion = factories.suggestion()
    act(client, suggestion, "answered", "Поставили три лавочки.")
    undo(client)
    assert ActDraft.objects.get().by_act["answered"]["words"] == "Поставили три лавочки."
    assert "Поставили три лавочки.</textarea>" in client.get(page_of(suggestion)).content.decode()


@pytest.mark.usefixtures("worker")
def test_a_letter_waits_for_a_minute_and_then_leaves(client, mailbox):
    suggestion = factories.suggestion(**factories.contact())
    Mail.objects.all().delete()
    act(client, suggestion, "answered", "Поставили.")
    assert not send_due()
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61), tick=False):
        assert send_due()
    assert len(mailbox.emails) == 1


@pytest.mark.usefixtures("worker")
def test_after_a_minute_nothing_is_undone(client):
    suggestion = factories.suggestion()
    act(client, suggestion, "answered", "Поставили.")
    later = timezone.now() + datetime.timedelta(seconds=61)
    with time_machine.travel(later, tick=False):
        assert "Отменить действие" not in client.get(page_of(suggestion)).content.decode()
        assert undo(client) == [TOO_LATE]
    assert Suggestion.objects.get().status == "answered"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("tried", [{"attempts": 1}, {"sent_at": timezone.now(), "due_at": None}])
def test_an_act_whose_letter_left_is_not_undone(client, tried):
    suggestion = factories.suggestion(**factories.contact())
    act(client, suggestion, "answered", "Поставили.")
    Mail.objects.filter(event__kind="answered").update(**tried)
    assert undo(client) == [SENT]
    assert Suggestion.objects.get().status == "answered"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("whose", ["author", "colleague"])
def test_an_act_is_not_undone_after_others_acted(client, whose):
    suggestion = factories.suggestion()
    act(client, suggestion, "question", "Где?")
    if whose == "author":
        suggestion.reply("У спортзала.", uuid4())
    else:
        suggestion.note("Я знаю где.", factories.staff())
    assert undo(client) == [CHANGED]
    assert not Event.objects.filter(kind="undone").exists()


@pytest.mark.usefixtures("worker")
def test_a_reading_by_a_colleague_does_not_prevent_undoing(client):
    suggestion = factories.suggestion()
    act(client, suggestion, "restricted")
    suggestion.refresh_from_db()
    suggestion.note_restricted(factories.staff())
    assert undo(client) == [f"{suggestion}: действие отменено."]


@pytest.mark.usefixtures("worker")
def test_nobody_undoes_the_act_of_a_colleague(client):
    act(client, factories.suggestion(), "answered", "Поставили.")
    enter(client, *RIGHTS)
    assert undo(client) == [TOO_LATE]
    assert Suggestion.objects.get().status == "answered"


@pytest.mark.usefixtures("worker")
def test_a_restricted_suggestion_comes_back_to_who_moved_it_by_mistake(client):
    enter(client, *RIGHTS)
    suggestion = factories.suggestion()
    page = client.get(act(client, suggestion, "restricted").url).content.decode()
    assert "Отменить действие" in page
    undo(client)
    assert client.get(page_of(suggestion)).status_code == 200


@pytest.mark.usefixtures("worker")
def test_within_the_minute_the_author_sees_what_was_before(client):
    suggestion = factories.suggestion(status="in_progress")
    act(client, suggestion, "answered", "Поставили.")
    shown = Suggestion.objects.get()
    assert [event.kind for event in events_for_author(shown)] == ["received"]
    assert (shown.status, shown.answer, shown.answered_at) == ("in_progress", "", None)
    assert collect_facts(shown, [], {})["ответ"] == ""
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61), tick=False):
        shown = Suggestion.objects.get()
        kinds = [event.kind for event in events_for_author(shown)]
        assert kinds == ["received", "decided", "answered"]
        assert shown.answer == "Поставили."


@pytest.mark.usefixtures("worker")
def test_what_the_author_does_within_the_minute_is_shown_with_the_act(client):
    suggestion = factories.suggestion()
    act(client, suggestion, "taken_up")
    suggestion.reply("Ещё одно.", uuid4())
    kinds = [event.kind for event in events_for_author(Suggestion.objects.get())]
    assert kinds == ["received", "taken_up", "reply"]


@pytest.mark.usefixtures("worker")
def test_a_history_that_hides_an_act_behind_another_undoing_is_found(client):
    suggestion = factories.suggestion()
    act(client, suggestion, "question", "Где?")
    undo(client)
    received = suggestion.events.get(kind="received")
    Event.objects.filter(kind="undone").update(undoes=received)
    with pytest.raises(BrokenLink, match="key"):
        verify_history()
    assert undo_key(received.key) != Event.objects.get(kind="undone").key


@pytest.mark.usefixtures("worker")
def test_forwarding_to_a_person_is_undone_as_a_whole(client):
    suggestion, person = factories.suggestion(), factories.staff_with(*RIGHTS)
    act(client, suggestion, "forwarded", "Завхозу.", person=person.pk)
    assert Suggestion.objects.get().responsible == person
    undo(client)
    stored = Suggestion.objects.get()
    assert (stored.responsible, stored.status) == (None, "received")
    assert Event.objects.filter(kind="undone").count() == 2


@pytest.mark.usefixtures("worker")
def test_the_days_that_the_clock_stood_are_undone_too(client):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False) as clock:
        suggestion = factories.suggestion()
        suggestion.ask("Где?", None)
        clock.shift(datetime.timedelta(days=3))
        before = Suggestion.objects.values("limit_on", "due_on", "paused_on", "paused_days").get()
        act(client, suggestion, "answered", "Поставили.")
        assert Suggestion.objects.get().paused_days == 3
        undo(client)
        after = Suggestion.objects.values("limit_on", "due_on", "paused_on", "paused_days").get()
    assert after == before


def test_the_dialogue_joins_no_event_to_find_what_was_undone():
    with CaptureQueriesContext(connection) as queries:
        list_turns(factories.suggestion())
    events = [query["sql"] for query in queries if 'FROM "feedback_event"' in query["sql"]]
    assert len(events) == 1
    assert 'JOIN "feedback_event"' not in events[0]
