"""Registration of suggestions: consecutive numbers, one per form, constraints."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from feedback.models import Register, Suggestion
from feedback.models.workflow.states import CLOSED, OPEN
from feedback.receipts.codes import code_hash, receipt_code
from tests import factories

pytestmark = pytest.mark.django_db
together = pytest.mark.django_db(transaction=True)


def submit_concurrently(keys_by_thread, topic):
    """Submit the keys of each thread in turn, concurrently; returns the numbers."""
    start = threading.Barrier(len(keys_by_thread), timeout=30)

    def submit(keys):
        try:
            start.wait()
            return [factories.suggestion(key=key, topic=topic).number for key in keys]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(keys_by_thread)) as threads:
        return [number for numbers in threads.map(submit, keys_by_thread) for number in numbers]


# Numbers ------------------------------------------------------------------------------------------


def test_the_first_suggestion_of_a_year_has_number_one():
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        assert factories.suggestion().number == "2026-1"


def test_numbers_are_consecutive():
    numbers = [factories.suggestion().sequence for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_numbering_restarts_every_year():
    with time_machine.travel("2026-12-30 12:00+04:00", tick=False):
        factories.suggestion()
    with time_machine.travel("2027-01-09 12:00+04:00", tick=False):
        assert factories.suggestion().number == "2027-1"


def test_the_year_follows_the_local_time_zone():
    with time_machine.travel(
        "2026-12-31 21:00+00:00", tick=False
    ):  # in Saratov: 01:00 on 1 January
        assert factories.suggestion().number == "2027-1"


def test_a_failed_submission_uses_no_number():
    topic = factories.suggestion_topic()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.suggestion(topic=topic, text="")
    assert factories.suggestion(topic=topic).sequence == 1


@together
def test_concurrent_submissions_get_numbers_without_gaps():
    keys = [[uuid4() for _ in range(5)] for _ in range(8)]
    numbers = submit_concurrently(keys, factories.suggestion_topic())
    year = timezone.localdate().year
    assert sorted(numbers) == sorted(f"{year}-{sequence}" for sequence in range(1, 41))
    assert Suggestion.objects.count() == 40


@together
def test_concurrent_submissions_of_one_form_are_registered_once():
    key = uuid4()
    numbers = submit_concurrently([[key]] * 8, factories.suggestion_topic())
    assert len(set(numbers)) == 1
    assert Suggestion.objects.count() == 1


@together
def test_concurrent_submissions_of_one_form_leave_no_gap():
    topic, key = factories.suggestion_topic(), uuid4()
    submit_concurrently([[key]] * 8, topic)
    assert factories.suggestion(topic=topic).sequence == 2


# Idempotent submission ----------------------------------------------------------------------------


def test_a_repeated_submission_returns_the_first_suggestion():
    key = uuid4()
    first = factories.suggestion(key=key)
    assert factories.suggestion(key=key) == first
    assert Suggestion.objects.count() == 1


def test_a_repeated_submission_changes_nothing():
    key = uuid4()
    factories.suggestion(key=key, text="Поставьте лавочки.")
    factories.suggestion(key=key, text="Уберите лавочки.")
    assert Suggestion.objects.get().text == "Поставьте лавочки."
    assert Register.objects.get().last_sequence == 1


def test_the_deadline_follows_the_local_time_zone():
    with time_machine.travel("2026-03-01 21:00+00:00", tick=False):  # 2 March in Saratov
        assert factories.suggestion().due_on == datetime.date(2026, 4, 1)


# Lookup by number and code ------------------------------------------------------------------------


def test_number_and_code_find_the_suggestion():
    key = uuid4()
    suggestion = factories.suggestion(key=key)
    found = Suggestion.objects.find_by_receipt(suggestion.number, receipt_code(key))
    assert found == suggestion


def test_the_code_of_another_suggestion_is_rejected():
    mine, other = uuid4(), uuid4()
    suggestion = factories.suggestion(key=mine)
    factories.suggestion(key=other)
    assert Suggestion.objects.find_by_receipt(suggestion.number, receipt_code(other)) is None


def test_the_number_of_another_suggestion_is_rejected():
    key = uuid4()
    factories.suggestion(key=key)
    other = factories.suggestion()
    assert Suggestion.objects.find_by_receipt(other.number, receipt_code(key)) is None


@pytest.mark.parametrize(
    "number", ["", "-", "2026", "2026-", "-1", "2026-x", "٢٠٢٦-١", "2026-1-1", "9" * 5000, "²-²"]
)
def test_an_invalid_number_finds_nothing(number):
    assert Suggestion.objects.find_by_receipt(number, "AAAA") is None


def test_code_and_key_are_stored_as_hashes_only():
    key = uuid4()
    row = Suggestion.objects.filter(pk=factories.suggestion(key=key).pk).values().get()
    stored = " ".join(str(value) for value in row.values())
    assert str(key) not in stored
    assert receipt_code(key).replace(" ", "") not in stored
    assert row["code_hash"] == code_hash(receipt_code(key))
    assert row["code_hash"] != row["submission_hash"]


# State and answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", CLOSED)
def test_closing_a_suggestion_sets_the_answer_time(status):
    suggestion = factories.suggestion()
    suggestion.status, suggestion.answer = status, "Сделали."
    suggestion.save()
    assert suggestion.answered_at is not None


def test_editing_an_answer_keeps_its_time():
    suggestion = factories.suggestion(status="answered", answer="Сделали.")
    moment = suggestion.answered_at
    suggestion.answer = "Сделали вчера."
    suggestion.save()
    assert suggestion.answered_at == moment


def test_reopening_clears_the_answer_time():
    suggestion = factories.suggestion(status="answered", answer="Сделали.")
    suggestion.status = Suggestion.Status.IN_PROGRESS
    suggestion.save()
    assert suggestion.answered_at is None


@pytest.mark.parametrize("status", Suggestion.Status.values)
def test_every_state_is_either_open_closed_merged_or_withdrawn(status):
    kinds = [OPEN, CLOSED, [Suggestion.Status.MERGED], [Suggestion.Status.WITHDRAWN]]
    assert sum(status in kind for kind in kinds) == 1


def test_an_open_suggestion_is_overdue_after_its_deadline():
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        suggestion = factories.suggestion()
    with time_machine.travel(f"{suggestion.due_on} 23:59+04:00", tick=False):
        assert not suggestion.is_overdue
        assert not Suggestion.objects.in_desk_state("overdue")
    with time_machine.travel(
        f"{suggestion.due_on + datetime.timedelta(1)} 00:01+04:00", tick=False
    ):
        assert suggestion.is_overdue
        assert list(Suggestion.objects.in_desk_state("overdue")) == [suggestion]


def test_an_answered_suggestion_is_never_overdue():
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        suggestion = factories.suggestion(status="answered", answer="Сделали.")
    with time_machine.travel("2026-12-02 12:00+04:00", tick=False):
        assert not suggestion.is_overdue
        assert not Suggestion.objects.in_desk_state("overdue")


def test_a_suggestion_is_displayed_as_its_number():
    suggestion = factories.suggestion()
    assert str(suggestion) == f"№ {suggestion.number}"


# Database constraints -----------------------------------------------------------------------------


def assert_rejected(**fields):
    """Assert that the database rejects these values."""
    suggestion = factories.suggestion()
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk).update(**fields)


def constraint_errors(**fields):
    """The messages of violated constraints for these values."""
    suggestion = factories.suggestion()
    for name, value in fields.items():
        setattr(suggestion, name, value)
    with pytest.raises(ValidationError) as caught:
        suggestion.validate_constraints()
    return caught.value.messages


def test_the_database_refuses_a_duplicate_code_hash():
    assert_rejected(code_hash=factories.suggestion().code_hash)


def test_the_database_refuses_a_duplicate_submission_hash():
    assert_rejected(submission_hash=factories.suggestion().submission_hash)


def test_a_consent_somebody_has_given_cannot_be_deleted():
    consent = factories.consent()
    factories.suggestion(email="a@example.ru", consent=consent, consented_at=timezone.now())
    with pytest.raises(IntegrityError):
        consent.delete()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "a@example.ru"}, "Почта хранится только вместе с согласием"),
        ({"status": "answered"}, "Напишите ответ: без него предложение не закрывают."),
        ({"text": ""}, "Напишите текст предложения."),
        ({"role": "nobody"}, "Выберите состояние, роль и как пришло из списка."),
    ],
)
def test_constraint_errors_are_in_russian(fields, words):
    assert any(message.startswith(words) for message in constraint_errors(**fields))


def test_a_duplicate_number_gives_a_russian_error():
    first = factories.suggestion()
    messages = constraint_errors(year=first.year, sequence=first.sequence)
    assert "Этот номер уже занят." in messages
