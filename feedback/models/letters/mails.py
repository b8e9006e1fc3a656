"""The outbox: emails, written in the transaction of the event that they report."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.models.suggestion_lookups import SuggestionLookups


class OutboxQuerySet(SuggestionLookups):
    def failing(self):
        """Emails that failed and are not sent yet."""
        return self.filter(sent_at=None).exclude(last_error="")

    def send_again(self):
        """Make all unsent emails due now; returns their number."""
        return self.filter(sent_at=None).update(due_at=timezone.now())


class OutboxMail(models.Model):
    """An email; the worker sends it and stores the outcome."""

    created_at = models.DateTimeField("написано", default=timezone.now)
    due_at = models.DateTimeField("следующая попытка", null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    last_error = models.CharField("последняя ошибка", max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def state(self):
        """The state of delivery, in words for staff."""
        if self.sent_at:
            return f"Отправлено {timezone.localtime(self.sent_at):%d.%m.%Y %H:%M}"
        if self.last_error:
            return f"Не уходит: {self.last_error}"
        if self.due_at is None:
            return "Не понадобилось"
        return "Ждёт отправки" if settings.EMAIL_HOST else "Ждёт: почтовый сервер не задан"


class MailQuerySet(OutboxQuerySet):
    suggestion_path = "event__suggestion__"


class Mail(OutboxMail):
    """An email to the author about one event."""

    event = models.OneToOneField(
        "feedback.Event", models.CASCADE, related_name="mail", verbose_name="событие"
    )

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(name="mail_due", fields=["due_at"], condition=Q(due_at__isnull=False)),
            models.Index(name="mail_sent", fields=["sent_at"]),
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
