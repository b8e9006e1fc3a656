"""The trials of the desk detect each kind of fault."""

from collections import Counter
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from college_site.pages.absolute_urls import site_host
from feedback.history.links import undo_key
from feedback.models import Event, Mail, Suggestion
from tests import factories
from tests.stress.desk.histories import check_mailbox, find_faults, write_missing_histories
from tests.stress.desk.people import Act, People
from tests.stress.desk.purges import PLANTED, contains

pytestmark = pytest.mark.django_db


@pytest.fixture
def acted():
    """A suggestion that staff answered, and the acts of which they were told."""
    staff = factories.staff()
    suggestion = factories.suggestion(
        email="a@example.ru", consent=factories.consent(), consented_at=timezone.now()
    )
    suggestion.note("Позвонить завхозу.", staff)
    suggestion.give_answer("Поставили.", staff)
    words = {"note": "Позвонить завхозу.", "answered": "Поставили."}
    return suggestion, [Act(suggestion.pk, kind, staff.pk, text) for kind, text in words.items()]


def faults(acted, **options):
    suggestion, acknowledged = acted
    return list(find_faults(acknowledged, [suggestion.topic], is_complete=True, **options))


def test_acknowledged_acts_that_are_in_the_history_are_no_fault(acted):
    assert faults(acted) == []


def test_a_lost_act_is_detected(acted):
    suggestion, acknowledged = acted
    lost = Act(suggestion.pk, "note", acknowledged[0].staff, "Её нет.")
    assert faults((suggestion, [*acknowledged, lost])) == [
        f"{suggestion}: 1 lost acts: note «Её нет.»"
    ]


def test_an_act_that_nobody_was_told_of_is_detected(acted):
    suggestion, acknowledged = acted
    assert faults((suggestion, acknowledged[:1])) == [
        f"{suggestion}: 1 acts that nobody was told of: answered «Поставили.»"
    ]


def test_words_in_two_events_are_detected(acted):
    suggestion, acknowledged = acted
    suggestion.note("Позвонить завхозу.", factories.staff())
    found = list(find_faults(acknowledged, [suggestion.topic], is_complete=False))
    assert found == [f"{suggestion}: «Позвонить завхозу.» is in 2 events, expected 1"]


def test_an_event_in_a_forbidden_state_is_detected(acted):
    suggestion, acknowledged = acted
    suggestion.record(Event.Kind.REPLY, "Спасибо.", key=uuid4())
    found = list(find_faults(acknowledged, [suggestion.topic], is_complete=False))
    assert found == [f"{suggestion}: reply in the state answered"]


def test_a_state_that_the_history_does_not_say_is_detected(acted):
    Suggestion.objects.update(status="declined", decision="declined")
    [fault] = faults(acted)
    assert "the row says declined" in fault


def test_a_lost_letter_of_an_answer_is_detected(acted):
    Mail.objects.filter(event__kind="answered").delete()
    assert faults(acted) == [f"{acted[0]}: 1 letters are missing, 0 are too many"]


def test_a_letter_about_a_note_is_detected(acted):
    Mail.objects.create(event=Event.objects.get(kind="note"))
    assert faults(acted) == [f"{acted[0]}: 0 letters are missing, 1 are too many"]


def test_a_letter_about_what_was_taken_back_is_detected(acted):
    suggestion, _ = acted
    answer = suggestion.events.get(kind="answered")
    taken = Counter({f"<event-{answer.key}@{site_host()}>": 1})
    assert list(check_mailbox([suggestion], taken)) == []
    suggestion.record(Event.Kind.UNDONE, undoes=answer)
    assert list(check_mailbox([suggestion], taken)) == [
        f"{suggestion}: a letter told of answered, which was taken back"
    ]


def test_a_sent_letter_that_is_not_stored_is_detected(acted):
    suggestion, _ = acted
    key = suggestion.events.get(kind="answered").key
    Mail.objects.filter(event__kind="answered").delete()
    taken = Counter({f"<event-{key}@{site_host()}>": 1})
    assert list(check_mailbox([suggestion], taken)) == [
        f"{suggestion}: the letter about answered was sent and is not stored"
    ]


def test_an_act_taken_back_by_somebody_else_is_detected(acted):
    suggestion, acknowledged = acted
    note = suggestion.events.get(kind="note")
    suggestion.record(
        Event.Kind.UNDONE, staff=factories.staff(), key=undo_key(note.key), undoes=note
    )
    found = list(find_faults(acknowledged, [suggestion.topic], is_complete=False))
    assert f"{suggestion}: note was taken back by somebody else" in found


def test_errors_are_odd_answers_and_long_waits_are_not():
    people = SimpleNamespace(statuses=Counter({"200": 3, "303": 1, "busy": 2}))
    assert list(People.list_odd_answers(people)) == []
    people.statuses["503"] += 1
    assert len(list(People.list_odd_answers(people))) == 1


def test_a_changed_event_is_detected(acted):
    Event.objects.filter(kind="received").update(text="Другое.")
    [fault] = faults(acted)
    assert fault.startswith("the history is broken: ")


def test_rows_that_were_filled_in_get_a_history(acted):
    Event.objects.all().delete()
    write_missing_histories()
    assert [event.kind for event in acted[0].events.all()] == ["received", "answered"]


def test_a_planted_name_is_found_in_any_text_of_a_row(acted):
    acted[0].note(f"Звонила {PLANTED}.", factories.staff())
    assert Event.objects.filter(contains(Event, PLANTED)).count() == 1
