"""The head of the history: the place and the link of its last event."""

from django.db import models
from django.db.models import Q

from feedback.history.links import START, link


class HistoryHead(models.Model):
    """A single row; appending an event locks it, so events of all suggestions queue up.

    Lock it after the suggestion or its public copy, as record() does, never before.
    """

    ONLY = 1

    position = models.PositiveBigIntegerField(default=0)
    link = models.CharField(max_length=64, default=START)

    class Meta:
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="history_head_single_row",
                condition=Q(pk=1),
                violation_error_message="Конец истории один на весь журнал.",
            )
        ]

    def __str__(self):
        """As receipts and letters show it: "17:" and 64 hexadecimal digits."""
        return f"{self.position}:{self.link}"

    @classmethod
    def current(cls):
        """The stored head, or that of an empty history."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls(pk=cls.ONLY)

    @classmethod
    def append(cls, event, files):
        """Link an unsaved event with these attachments to the last one and save both.

        Call it in a transaction; the lock is released with its end.
        """
        head, _ = cls.objects.select_for_update().get_or_create(pk=cls.ONLY)
        link(event, files, head.link, head.position + 1)
        event.save(force_insert=True)
        head.position, head.link = event.position, event.link
        head.save(update_fields=["position", "link"])
