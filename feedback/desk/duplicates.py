"""Duplicates on the desk, and the jobs that give them the answer of their original."""

from django.utils import timezone

from feedback.models import Event, Promise, Suggestion
from feedback.models.workflow.merging import waiting_for_ended
from feedback.models.workflow.states import IN_HAND


def describe_merging(suggestion, user, events):
    """What the page shows of duplicates, and with what a similar one may be merged.

    `events` are those of the suggestion: they say whether there was a duplicate.
    """
    is_possible = not suggestion.why_not_allowed(Event.Kind.MERGED, user)
    had_any = any(event.kind == Event.Kind.JOINED for event in events)
    return {
        "duplicates": suggestion.duplicates.visible_to(user) if had_any else [],
        "merge_targets": (*IN_HAND, Suggestion.Status.MERGED) if is_possible else (),
    }


def settle_duplicate():
    """Settle one duplicate whose original has ended; returns whether there was one."""
    waiting = Suggestion.objects.filter(waiting_for_ended(timezone.now())).order_by("pk").first()
    if waiting:
        waiting.settle()
    return waiting is not None


def pass_on_result():
    """Tell the authors of duplicates what came of one promise; returns whether there was one."""
    due = Promise.objects.filter(tell_at__lte=timezone.now()).select_related("suggestion")
    promise = due.order_by("tell_at").first()
    if promise:
        promise.suggestion.pass_on_result()
    return promise is not None
