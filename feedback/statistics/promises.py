"""How many promises were kept, for the page of statistics."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from feedback.models import Promise


@dataclass
class PromiseFigures:
    """Of promises made in the span: `late` are those whose day passed without a result."""

    made: int
    fulfilled: int
    on_time: int
    late: int
    cancelled: int


def count_promises(first, today):
    """The figures of promises made since the day `first`, as of last midnight."""
    fulfilled = Q(state=Promise.State.FULFILLED, closed_on__lt=today)
    cancelled = Q(state=Promise.State.CANCELLED, closed_on__lt=today)
    counts = Promise.objects.filter(promised_on__gte=first, promised_on__lt=today).aggregate(
        made=Count("pk"),
        fulfilled=Count("pk", filter=fulfilled),
        on_time=Count("pk", filter=fulfilled & Q(closed_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(due_on__lt=today) & ~fulfilled & ~cancelled),
        cancelled=Count("pk", filter=cancelled),
    )
    return PromiseFigures(**counts)
