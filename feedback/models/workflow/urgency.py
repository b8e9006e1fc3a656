"""The order of the desk: what burns first, then by the day of the answer, what is closed last.

Both columns are computed by the database from the columns of a suggestion, so that no change of a
row can forget them and one index holds the order.
"""

from django.db import models
from django.db.models import Case, F, Q, Value, When

from feedback.models.workflow.states import OPEN, RUNNING, Status


class Urgency(models.IntegerChoices):
    FIRST = 0, "Закрытая очередь без ответа"
    RUNNING = 1, "Срок идёт"
    WAITING = 2, "Срок стоит"
    CLOSED = 3, "Закрыто"


IS_OPEN = Q(status__in=[status.value for status in OPEN])
URGENCY = Case(
    When(IS_OPEN & Q(is_restricted=True), then=Value(Urgency.FIRST.value)),
    When(status__in=[status.value for status in RUNNING], then=Value(Urgency.RUNNING.value)),
    When(status=Status.WAITING.value, then=Value(Urgency.WAITING.value)),
    default=Value(Urgency.CLOSED.value),
    output_field=models.PositiveSmallIntegerField(),
)
OPEN_DUE = Case(When(IS_OPEN, then=F("due_on")), output_field=models.DateField())
ORDER = ("urgency", "open_due_on", "-received_at", "-pk")
