"""Duplicates on the desk, and the job that gives them the answer of their original."""

from django.utils import timezone

from feedback.models import Event, Suggestion
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
