"""Duplicates get the answer of their original, or return to the desk when it will have none."""

from django.utils import timezone

from feedback.models import Suggestion
from feedback.models.workflow.merging import waiting_for_ended


def settle_duplicate():
    """Settle one duplicate whose original has ended; returns whether there was one."""
    waiting = Suggestion.objects.filter(waiting_for_ended(timezone.now())).order_by("pk").first()
    if waiting:
        waiting.settle()
    return waiting is not None
