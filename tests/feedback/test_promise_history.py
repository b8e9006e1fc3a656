"""What remains of a promise in the history and after an erasure."""

import pytest

from feedback.erasure.purge import Reason, erase
from feedback.history.verification import BrokenLink, verify_history
from feedback.models import Promise, Suggestion
from tests.feedback.test_promises import promised, published

pytestmark = pytest.mark.django_db


def test_a_public_promise_stays_with_its_public_answer():
    suggestion = published().suggestion
    suggestion.fulfil_promise("Стоят.", None)
    erase(suggestion, Reason.TERM)
    assert Promise.objects.get().result == "Стоят."
    verify_history()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Suggestion.objects.update(decision="already"),
        lambda: Promise.objects.update(text="Ничего."),
        lambda: Promise.objects.update(result="Ничего."),
    ],
)
def test_a_changed_decision_or_promise_is_found(change):
    promised().fulfil_promise("Стоят.", None)
    change()
    with pytest.raises(BrokenLink, match="decision and promise"):
        verify_history()
