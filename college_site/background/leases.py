"""Leases: a worker claims a due row so that no other worker processes it as well."""

from django.db.models import F
from django.utils import timezone

CANDIDATES = 10  # other workers may claim the first ones at the same time


def lease(due_rows, due_field, attempts_field, get_pause):
    """Claim one row of the queryset; returns it with its previous values, or None.

    The row becomes due again after the timedelta `get_pause(row)`, so a row claimed by a killed
    worker is retried.
    """
    for row in due_rows[:CANDIDATES]:
        unclaimed = due_rows.filter(pk=row.pk, **{due_field: getattr(row, due_field)})
        claim = {due_field: timezone.now() + get_pause(row), attempts_field: F(attempts_field) + 1}
        if unclaimed.update(**claim):
            return row
    return None
