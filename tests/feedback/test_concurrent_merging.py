"""Two people who merge the same suggestions at once make no circle and do not block each other."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from feedback.history.verification import verify_history
from feedback.models import Suggestion
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def run_at_once(*acts):
    """Call the functions in threads of their own; returns the messages of those refused."""
    start = threading.Barrier(len(acts), timeout=30)

    def run(act):
        try:
            start.wait()
            act()
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as threads:
        return [refusal for refusal in threads.map(run, acts) if refusal]


def test_two_that_merge_into_each_other_make_no_circle():
    first, second, staff = factories.suggestion(), factories.suggestion(), factories.staff()
    refusals = run_at_once(lambda: first.merge(second, staff), lambda: second.merge(first, staff))
    assert len(refusals) == 1
    assert Suggestion.objects.filter(status="merged").count() == 1
    verify_history()


def test_merging_answering_and_adding_at_once_lose_nothing():
    original, duplicate, staff = factories.suggestion(), factories.suggestion(), factories.staff()
    duplicate.merge(original, staff)
    other = factories.suggestion()
    run_at_once(
        lambda: original.give_answer("Поставили.", staff),
        lambda: duplicate.reply("Я о другом дворе.", uuid4()),
        lambda: other.merge(Suggestion.objects.get(pk=original.pk), staff),
    )
    row = Suggestion.objects.get(pk=duplicate.pk)
    assert (row.status, row.duplicate_of) == ("received", None)
    assert row.events.filter(kind="reply").exists()
    verify_history()
