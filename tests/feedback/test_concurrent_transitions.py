"""Concurrent transitions are serialised."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from feedback.deadlines import answer_due
from feedback.models import Event, Suggestion
from tests import factories
from tests.feedback.test_transitions import STEPS, stepped

pytestmark = pytest.mark.django_db(transaction=True)


def run_concurrently(number, act):
    """Call act(suggestion, turn) in several threads with separate rows; returns the errors."""
    start = threading.Barrier(number, timeout=30)

    def turn(turn):
        try:
            mine = Suggestion.objects.get()
            start.wait()
            act(mine, turn)
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(number) as threads:
        return [refusal for refusal in threads.map(turn, range(number)) if refusal]


@pytest.mark.parametrize("name", STEPS)
def test_concurrent_requests_with_one_key_make_one_step(name):
    stepped(name)
    once, events = uuid4(), Event.objects.count()
    refusals = run_concurrently(6, lambda suggestion, _: STEPS[name](suggestion, once))
    assert refusals == []
    assert Event.objects.count() == events + 1


def test_only_one_of_two_concurrent_answers_is_accepted():
    factories.suggestion()
    refusals = run_concurrently(
        2, lambda suggestion, turn: suggestion.give_answer(f"Ответ {turn}", None)
    )
    assert len(refusals) == 1
    assert Event.objects.filter(kind="answered").get().text == Suggestion.objects.get().answer


def test_only_one_of_many_concurrent_extensions_is_accepted():
    limit = factories.suggestion().limit_on
    refusals = run_concurrently(6, lambda suggestion, _: suggestion.extend("Ждём.", None))
    assert len(refusals) == 5
    assert Suggestion.objects.get().due_on == answer_due(limit)


def test_concurrent_replies_are_all_stored():
    factories.suggestion()
    run_concurrently(6, lambda suggestion, turn: suggestion.reply(f"Ответ {turn}", uuid4()))
    texts = set(Event.objects.filter(kind="reply").values_list("text", flat=True))
    assert texts == {f"Ответ {turn}" for turn in range(6)}
