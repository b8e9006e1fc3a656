"""The tamper-evident history: whatever is changed in it is found and named."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from feedback.history.links import CONTENTS, undo_key
from feedback.history.verification import BrokenLink, verify_history
from feedback.models import Attachment, Event, HistoryHead, Suggestion
from tests import factories

pytestmark = pytest.mark.django_db
UNANSWERED = {"status": "in_progress", "answer": "", "answered_at": None, "decision": ""}


@pytest.fixture
def history():
    """Two suggestions with contact, file, dialogue and answer: eight events."""
    factories.attachment("0" * 64, sha256="a" * 64)
    first = factories.suggestion(
        staging_hash="0" * 64,
        email="anna@example.ru",
        consent=factories.consent(),
        consented_at=timezone.now(),
    )
    second = factories.suggestion(text="Нужна полка для книг.")
    staff = factories.staff()
    first.take_up(staff)
    second.take_up(staff)
    first.ask("Где поставить?", staff)
    first.reply("У входа.", None)
    first.give_answer("Поставили.", staff)
    second.decline("Места нет.", staff)
    return first


def flip(value):
    """Another value of the same kind, as near as possible."""
    if value is None:
        return 1
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"
    if isinstance(value, datetime.datetime):
        return value + datetime.timedelta(microseconds=1)
    if isinstance(value, int):
        return value + 1
    return type(value)(int=value.int ^ 1)


def find_break():
    with pytest.raises(BrokenLink) as found:
        verify_history()
    return str(found.value)


def test_an_untouched_history_is_whole(history):
    found = verify_history()
    assert (found.events, found.erased) == (8, 0)
    assert f"{found.events}:{found.link}" == str(HistoryHead.current())


def test_an_empty_history_is_whole():
    assert verify_history().events == 0


COLUMNS = [
    "kind",
    "text",
    "happened_at",
    "key",
    "link",
    *(f"{name}_{part}" for name in CONTENTS for part in ("salt", "commitment")),
]


def changes(event, other_suggestion, other_person):
    """Yield names of columns of an event and values that differ from the stored ones."""
    for column in COLUMNS:
        yield column, "hidden" if column == "kind" else flip(getattr(event, column))
    yield "staff", other_person
    if event.kind != "received":  # the database allows one such event
        yield "suggestion", other_suggestion


def test_a_flipped_byte_in_any_column_of_any_event_is_found(history):
    other_person, found = factories.staff(), []
    for event in list(Event.objects.all()):
        other = Suggestion.objects.exclude(pk=event.suggestion_id).get()
        for column, value in changes(event, other, other_person):
            with transaction.atomic():
                Event.objects.filter(pk=event.pk).update(**{column: value})
                found.append(f"Event {event.position} of suggestion" in find_break())
                transaction.set_rollback(True)
    assert found == [True] * (8 * 12 + 6)


def test_a_flipped_byte_of_the_suggestion_itself_is_found(history):
    for column in ("year", "sequence", "text", "role", "email", "consented_at"):
        changed = {"role": "parent", "sequence": 777}.get(column)
        changed = changed or flip(getattr(history, column))
        with transaction.atomic():
            Suggestion.objects.filter(pk=history.pk).update(**{column: changed})
            assert "Event 1 of suggestion" in find_break()
            transaction.set_rollback(True)


@pytest.mark.parametrize("kind", [kind for kind in Event.Kind.values if kind != "received"])
def test_every_kind_of_event_is_in_the_chain(history, kind):
    undone = {"undoes": history.events.first()} if kind == "undone" else {}
    if undone:
        undone["key"] = undo_key(undone["undoes"].key)
    event = history.record(kind, "Слова.", staff=factories.staff(), **undone)
    for changed in ({"text": "Другие."}, {"staff": None}):
        with transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**changed)
            assert "Event 9 of suggestion" in find_break()
            transaction.set_rollback(True)


def test_assignments_and_notes_are_in_the_chain():
    suggestion, head = factories.suggestion(), factories.staff()
    suggestion.assign(head, head)
    suggestion.note("Позвонить завхозу.", head)
    suggestion.assign(None, head)
    assert verify_history().events == 4
    suggestion.events.filter(kind="assigned").update(text="Иванов")
    assert "Event 2 of suggestion" in find_break()


def test_another_consent_is_found(history):
    Suggestion.objects.filter(pk=history.pk).update(consent=factories.consent())
    assert "commitment to contact" in find_break()


def test_another_answer_than_that_of_the_history_is_found(history):
    Suggestion.objects.filter(pk=history.pk).update(answer="Не поставили.")
    assert f"Suggestion {history.number}: expected the answer" in find_break()


@pytest.mark.parametrize("column", ["sha256", "name"])
def test_a_flipped_byte_of_a_file_is_found(history, column):
    row = Attachment.objects.get()
    Attachment.objects.update(**{column: flip(getattr(row, column))})
    assert "Event 1 of suggestion" in find_break()


def test_a_file_moved_to_another_event_is_found(history):
    Attachment.objects.update(event=history.events.get(kind="reply"))
    assert "Event 1 of suggestion" in find_break()


def test_a_deleted_event_is_found_at_the_next_one(history):
    for position in range(1, 8):
        with transaction.atomic():
            Event.objects.filter(position=position).delete()
            told = f"place in the history: expected {position}, found {position + 1}"
            assert told in find_break()
            transaction.set_rollback(True)


def test_an_inserted_event_is_found(history):
    Event.objects.filter(position__gt=4).order_by("-position").update(position=F("position") + 100)
    extra = Event.objects.get(position=4)
    extra.pk, extra.key, extra.position = None, flip(extra.key), 5
    extra.save(force_insert=True)
    assert "Event 5 of suggestion" in find_break()


def test_an_event_after_the_head_is_found(history):
    extra = Event.objects.get(position=4)
    extra.pk, extra.key, extra.position = None, flip(extra.key), 9
    extra.save(force_insert=True)
    assert "expected nothing after the head" in find_break()


def test_two_swapped_events_are_found(history):
    for position, other in ((4, 100), (5, 4), (100, 5)):
        Event.objects.filter(position=position).update(position=other)
    assert "Event 4 of suggestion" in find_break()


def test_a_truncated_tail_is_found_by_the_head(history):
    Event.objects.filter(position=8).delete()
    Suggestion.objects.filter(status="declined").update(**UNANSWERED)
    assert "expected 8 events, found 7" in find_break()


def test_a_tail_truncated_with_its_head_is_found_by_a_noted_one(history):
    noted = HistoryHead.current()
    last = Event.objects.get(position=7)
    Event.objects.filter(position=8).delete()
    Suggestion.objects.filter(status="declined").update(**UNANSWERED)
    HistoryHead.objects.update(position=7, link=last.link)
    assert verify_history().events == 7
    with pytest.raises(BrokenLink, match="expected event 8"):
        verify_history([(noted.position, noted.link)])


def test_a_rewritten_history_does_not_fit_a_noted_head(history):
    with pytest.raises(BrokenLink, match="link noted in a receipt"):
        verify_history([(5, "0" * 64)])


def test_another_link_at_the_head_is_found(history):
    HistoryHead.objects.update(link="0" * 64)
    assert "Head: expected link" in find_break()


def test_a_suggestion_without_the_event_of_its_receipt_is_found(history):
    Event.objects.all().delete()
    HistoryHead.objects.all().delete()
    assert "expected the event of its receipt" in find_break()


@pytest.mark.parametrize("name", CONTENTS)
def test_content_erased_without_an_event_of_erasure_is_found(history, name):
    Event.objects.filter(position=1).update(**{f"{name}_salt": ""})
    assert f"salt of {name}: expected a salt or an event of erasure" in find_break()


def test_the_same_content_has_different_commitments():
    for _ in range(2):
        factories.suggestion(text="Поставьте лавочки во дворе.", topic=factories.suggestion_topic())
    commitments = Event.objects.values_list("text_commitment", flat=True)
    assert len(set(commitments)) == 2


def test_verifying_takes_few_queries_however_long_the_history(
    history, django_assert_max_num_queries
):
    for _ in range(30):
        history.record("published")
    with django_assert_max_num_queries(9):
        assert verify_history().events == 38


def test_an_event_that_is_rolled_back_leaves_no_gap(history):
    with transaction.atomic():
        history.record("published")
        transaction.set_rollback(True)
    history.record("published")
    assert verify_history().events == 9


@pytest.mark.django_db(transaction=True)
def test_concurrent_events_of_many_suggestions_make_one_chain():
    rows = [factories.suggestion() for _ in range(6)]
    start = threading.Barrier(len(rows), timeout=30)

    def act(row):
        try:
            start.wait()
            for _ in range(3):
                row.record("published")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(rows)) as threads:
        list(threads.map(act, rows))
    assert verify_history().events == 24


def test_events_from_before_are_linked_in_the_order_they_happened(history, monkeypatch):
    moment = timezone.now() - datetime.timedelta(days=3)
    Event.objects.filter(position=8).update(happened_at=moment)
    Event.objects.update(position=F("position") + 100, link="", text_salt="", text_commitment="")
    HistoryHead.objects.all().delete()
    migration = import_module("feedback.migrations.0010_link_history")
    monkeypatch.setattr(migration, "BATCH", 3)
    migration.link_events(apps, SimpleNamespace(connection=connection))
    assert verify_history().events == 8
    assert Event.objects.get(position=1).happened_at == moment
