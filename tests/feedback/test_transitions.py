"""Transitions by staff and authors: allowed states, effects, repetition."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from feedback.deadlines import answer_due
from feedback.models import Attachment, Event, Mail, Suggestion
from feedback.models.workflow.states import INTERNAL, WORDS_FOR_AUTHOR
from feedback.models.workflow.transitions import MAX_REPLIES
from tests import factories

pytestmark = pytest.mark.django_db
IN_HAND = {"received", "in_progress", "waiting"}
OPEN = {*IN_HAND, "quarantine"}
CLOSED = {"answered", "declined"}


def key():
    return uuid4()


# name: (call, allowed states, kind of event, new state or None if unchanged)
STAFF_CHANGES = {
    "take_up": (lambda s, who: s.take_up(who), {"received"}, "taken_up", "in_progress"),
    "release": (lambda s, who: s.release(who), {"quarantine"}, "released", "received"),
    "ask": (lambda s, who: s.ask("Где?", who), IN_HAND, "question", "waiting"),
    "forward": (lambda s, who: s.forward("Завхозу.", who), IN_HAND, "forwarded", "in_progress"),
    "extend": (lambda s, who: s.extend("Ждём смету.", who), IN_HAND, "extended", None),
    "give_answer": (lambda s, who: s.give_answer("Готово.", who), IN_HAND, "answered", "answered"),
    "decline": (lambda s, who: s.decline("Нельзя.", who), OPEN, "declined", "declined"),
    "restrict": (
        lambda s, who: s.restrict(who),
        {*OPEN, *CLOSED, "withdrawn"},
        "restricted",
        None,
    ),
}
AUTHOR_CHANGES = {
    "reply": (lambda s, who: s.reply("У входа.", key()), {*OPEN, "merged"}, "reply", None),
    "withdraw": (lambda s, who: s.withdraw(key()), {*OPEN, "merged"}, "withdrawn", "withdrawn"),
    "rate": (lambda s, who: s.rate(2, key()), CLOSED, "rated", None),
    "reopen": (lambda s, who: s.reopen("Не помогло.", key()), CLOSED, "reopened", "in_progress"),
}
CHANGES = STAFF_CHANGES | AUTHOR_CHANGES
POSSIBLE = [(name, state) for name, change in CHANGES.items() for state in sorted(change[1])]
FORBIDDEN = [
    (name, state)
    for name, change in CHANGES.items()
    for state in Suggestion.Status.values
    if state not in change[1]
]
WORDS = {
    "ask": lambda s, text: s.ask(text, None),
    "forward": lambda s, text: s.forward(text, None),
    "extend": lambda s, text: s.extend(text, None),
    "give_answer": lambda s, text: s.give_answer(text, None),
    "decline": lambda s, text: s.decline(text, None),
    "reply": lambda s, text: s.reply(text, key()),
}


def in_state(status, **fields):
    if status == "merged":
        row = factories.suggestion(**fields)
        row.merge(factories.suggestion(), factories.staff())
        return row
    answer = "Сделали." if status in CLOSED else ""
    return factories.suggestion(status=status, answer=answer, **fields)


def with_address(**fields):
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    return factories.suggestion(email="a@example.ru", **consent, **fields)


def last_event(suggestion):
    return Event.objects.filter(suggestion=suggestion).order_by("pk").last()


# States and history -------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "state"), POSSIBLE)
def test_an_allowed_transition_is_applied_and_recorded(name, state):
    change, _, kind, after = CHANGES[name]
    suggestion, staff = in_state(state), factories.staff()
    change(suggestion, staff)
    stored = Suggestion.objects.get(pk=suggestion.pk)
    after_reply = {"waiting": "in_progress", "merged": "received"}
    expected = after_reply.get(state, state) if name == "reply" else state
    assert stored.status == (after or expected)
    event = last_event(suggestion)
    assert event.kind == kind
    assert event.staff == (staff if name in STAFF_CHANGES else None)


@pytest.mark.parametrize(("name", "state"), FORBIDDEN)
def test_a_forbidden_transition_is_refused_and_not_recorded(name, state):
    suggestion = in_state(state)
    events = Event.objects.count()
    with pytest.raises(ValidationError, match="всё изменилось"):
        CHANGES[name][0](suggestion, factories.staff())
    assert Suggestion.objects.get(pk=suggestion.pk).status == state
    assert Event.objects.count() == events


def test_a_transition_checks_the_current_state_in_the_database():
    seen_before = factories.suggestion()
    Suggestion.objects.get(pk=seen_before.pk).withdraw(key())
    with pytest.raises(ValidationError, match="«Отозвано автором»"):
        seen_before.take_up(factories.staff())


def test_a_refusal_does_not_reveal_the_quarantine():
    suggestion = in_state("quarantine")
    with pytest.raises(ValidationError, match="«Принято»"):
        suggestion.rate(3, key())


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("text", ["", " \n\t", "а" * 5001, "a\0b"])
def test_an_empty_too_long_or_invalid_text_is_refused(name, text):
    suggestion = factories.suggestion()
    with pytest.raises(ValidationError) as caught:
        WORDS[name](suggestion, text)
    assert caught.value.messages[0].startswith(("Напишите текст", "Сократите", "В тексте есть"))
    assert Suggestion.objects.get(pk=suggestion.pk).status == "received"


@pytest.mark.parametrize("name", WORDS)
def test_the_recorded_text_is_stripped(name):
    suggestion = factories.suggestion()
    WORDS[name](suggestion, "  Две строки\r\nтекста.  ")
    assert last_event(suggestion).text == "Две строки\nтекста."


@pytest.mark.parametrize("name", ["give_answer", "decline"])
def test_an_answer_closes_the_suggestion_and_stores_the_time(name):
    suggestion = factories.suggestion()
    WORDS[name](suggestion, " Стоят. ")
    stored = Suggestion.objects.get()
    assert stored.answer == last_event(suggestion).text == "Стоят."
    assert stored.answered_at is not None


# Emails -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ask", "forward", "extend", "give_answer", "decline"])
def test_an_author_with_an_email_address_is_notified(name):
    suggestion = with_address()
    WORDS[name](suggestion, "Текст.")
    assert Mail.objects.filter(event=last_event(suggestion)).count() == 1


@pytest.mark.parametrize("name", ["ask", "forward", "extend", "give_answer", "decline"])
def test_an_author_without_an_email_address_is_not_notified(name):
    WORDS[name](factories.suggestion(), "Текст.")
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("status", "name"), [("received", "take_up"), ("quarantine", "release"), ("received", "reply")]
)
def test_taking_up_releasing_and_replying_send_no_email(status, name):
    suggestion = with_address(status=status)
    CHANGES[name][0](suggestion, factories.staff())
    assert not Mail.objects.filter(event=last_event(suggestion)).exists()


# Deadlines ----------------------------------------------------------------------------------------


def test_a_second_extension_is_refused():
    suggestion = factories.suggestion()
    suggestion.extend("Ждём смету.", None)
    due_on = suggestion.due_on
    with pytest.raises(ValidationError, match="уже продлевали"):
        suggestion.extend("Ещё ждём.", None)
    assert Suggestion.objects.get().due_on == due_on


def test_a_second_extension_from_a_stale_object_is_refused():
    first = factories.suggestion()
    second = Suggestion.objects.get()
    first.extend("Ждём смету.", None)
    with pytest.raises(ValidationError, match="уже продлевали"):
        second.extend("Ждём смету.", None)


def test_reopening_restarts_the_deadline():
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        suggestion = in_state("answered")
    with time_machine.travel("2026-05-04 12:00+04:00", tick=False):
        suggestion.reopen("Не помогло.", key())
    stored = Suggestion.objects.get()
    assert stored.due_on == answer_due(datetime.date(2026, 5, 4))
    assert stored.answered_at is None


# Author actions -----------------------------------------------------------------------------------


def test_a_reply_attaches_its_own_staged_files_only():
    suggestion = factories.suggestion()
    fields = {"content_type": "image/jpeg", "size": 1, "file": "x"}
    Attachment.objects.create(staging_hash="mine", name="двор.jpg", **fields)
    Attachment.objects.create(staging_hash="other", name="чужой.jpg", **fields)
    event = suggestion.reply("Вот снимок.", key(), staging_hash="mine")
    assert [file.name for file in event.attachments.all()] == ["двор.jpg"]
    assert suggestion.attachments.count() == 1


def test_a_rating_outside_the_three_values_is_refused():
    with pytest.raises(ValidationError, match="одну из трёх"):
        in_state("answered").rate(4, key())


def test_a_later_rating_replaces_the_earlier():
    suggestion = in_state("answered")
    suggestion.rate(1, key())
    suggestion.rate(3, key())
    assert Suggestion.objects.get().rating == 3
    assert last_event(suggestion).text == "Да, вопрос решён"


def test_a_suggestion_can_be_reopened_once_and_loses_its_rating():
    suggestion = in_state("answered")
    suggestion.rate(1, key())
    suggestion.reopen("Не помогло.", key())
    assert Suggestion.objects.get().rating is None
    suggestion.give_answer("Теперь точно.", None)
    with pytest.raises(ValidationError, match="уже возобновляли"):
        suggestion.reopen("Снова не помогло.", key())


def test_the_number_of_replies_is_limited():
    suggestion = factories.suggestion()
    for _ in range(MAX_REPLIES):
        suggestion.record("reply", "И ещё.")
    with pytest.raises(ValidationError, match="слишком длинной"):
        suggestion.reply("И ещё.", key())


STEPS = {
    "reply": lambda s, k: s.reply("У входа.", k),
    "withdraw": lambda s, k: s.withdraw(k),
    "rate": lambda s, k: s.rate(2, k),
    "reopen": lambda s, k: s.reopen("Не помогло.", k),
}


def stepped(name):
    return in_state("answered" if name in ("rate", "reopen") else "received")


@pytest.mark.parametrize("name", STEPS)
def test_a_step_repeated_with_the_same_key_changes_nothing(name):
    suggestion, once = stepped(name), key()
    STEPS[name](suggestion, once)
    events = Event.objects.count()
    STEPS[name](Suggestion.objects.get(), once)
    assert Event.objects.count() == events


def test_a_repeated_reply_does_not_answer_a_newer_question():
    suggestion, once = in_state("waiting"), key()
    suggestion.reply("У входа.", once)
    suggestion.ask("У какого?", None)
    suggestion.reply("У входа.", once)
    assert Suggestion.objects.get().status == "waiting"


# The restricted queue -----------------------------------------------------------------------------


def test_restricting_and_opening_up_are_recorded():
    suggestion, staff = factories.suggestion(), factories.staff()
    suggestion.restrict(staff)
    assert Suggestion.objects.get().is_restricted
    suggestion.open_up(staff)
    assert not Suggestion.objects.get().is_restricted
    kinds = Event.objects.filter(staff=staff).values_list("kind", flat=True)
    assert list(kinds) == ["restricted", "opened_up"]


def test_internal_events_are_hidden_from_the_author():
    suggestion, staff = in_state("quarantine"), factories.staff()
    suggestion.release(staff)
    suggestion.restrict(staff)
    suggestion.open_up(staff)
    assert [event.kind for event in suggestion.events.for_author()] == ["received"]


@pytest.mark.parametrize("kind", Event.Kind)
def test_every_event_kind_is_internal_or_has_a_public_description(kind):
    assert (kind in INTERNAL) != (kind in WORDS_FOR_AUTHOR)


def test_a_text_of_the_maximum_length_is_accepted():
    suggestion = factories.suggestion()
    suggestion.reply("а" * Event.TEXT_LENGTH, key())
    with pytest.raises(ValidationError, match="Сократите"):
        suggestion.reply("а" * (Event.TEXT_LENGTH + 1), key())


def test_a_second_mention_of_harm_changes_nothing():
    suggestion = factories.suggestion(is_restricted=True)
    suggestion.escalate()
    assert suggestion.events.count() == 1


@pytest.mark.parametrize("kind", Event.Kind.values)
def test_only_what_authors_do_is_shown_as_theirs(kind):
    theirs = {"received", "reply", "withdrawn", "rated", "reopened"}
    assert Event(kind=kind).is_by_author is (kind in theirs)
