"""What is counted of a suggestion: month of receipt, days until the answer, whether it was late.

Stored with the row, so that a year of figures is one grouped query of an index.
"""

from django.db import models
from django.utils import timezone

from feedback.models.workflow.states import CLOSED

MEASURES = ("received_month", "paused_days", "answer_days", "is_answered_late")


class Measured(models.Model):
    received_month = models.DateField("месяц приёма", null=True, editable=False)
    paused_days = models.PositiveIntegerField("дней срок стоял", default=0, editable=False)
    answer_days = models.PositiveIntegerField("дней до ответа", null=True, editable=False)
    is_answered_late = models.BooleanField("ответ после срока", default=False, editable=False)

    class Meta:
        abstract = True

    def measure(self):
        """Set the measures from the other columns; call it yourself before bulk_create().

        An answer takes the days from the receipt without those on which the author was asked.
        """
        received_on = timezone.localdate(self.received_at)
        self.received_month = received_on.replace(day=1)
        self.answer_days, self.is_answered_late = None, False
        if self.status in CLOSED and self.answered_at:
            answered_on = timezone.localdate(self.answered_at)
            self.answer_days = max((answered_on - received_on).days - self.paused_days, 0)
            self.is_answered_late = answered_on > self.due_on
