"""The outbox: letters that are written in the transaction of what they tell about."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Mail(models.Model):
    """A letter to the author about one event; the worker sends it and notes what came of it."""

    event = models.OneToOneField("feedback.Event", models.CASCADE, related_name="mail")
    created_at = models.DateTimeField("написано", default=timezone.now)
    due_at = models.DateTimeField("следующая попытка", null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    last_error = models.CharField("последняя ошибка", max_length=500, blank=True)

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(name="mail_due", fields=["due_at"], condition=Q(due_at__isnull=False))
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_sent_is_not_due",
                condition=Q(sent_at__isnull=True) | Q(due_at__isnull=True),
                violation_error_message="Отправленное письмо не ждёт новой попытки.",
            ),
        ]

    def __str__(self):
        return f"{self.event} — {self.event.suggestion}"
