"""The outbox: letters that are written in the transaction of what they tell about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class MailQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters about suggestions that this member of staff may read."""
        if user.has_perm("feedback.view_restricted"):
            return self
        return self.filter(event__suggestion__is_restricted=False)

    def failing(self):
        """Letters that were tried and are not sent."""
        return self.filter(sent_at=None).exclude(last_error="")

    def send_again(self):
        """Make what was not sent due at once; the number of these letters."""
        return self.filter(sent_at=None).update(due_at=timezone.now())


class Mail(models.Model):
    """A letter to the author about one event; the worker sends it and notes what came of it."""

    event = models.OneToOneField(
        "feedback.Event", models.CASCADE, related_name="mail", verbose_name="событие"
    )
    created_at = models.DateTimeField("написано", default=timezone.now)
    due_at = models.DateTimeField("следующая попытка", null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    last_error = models.CharField("последняя ошибка", max_length=500, blank=True)

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

    @property
    def state(self):
        """What came of it, in words for staff."""
        if self.sent_at:
            return f"Отправлено {timezone.localtime(self.sent_at):%d.%m.%Y %H:%M}"
        if self.last_error:
            return f"Не уходит: {self.last_error}"
        return "Ждёт отправки" if settings.EMAIL_HOST else "Ждёт: почтовый сервер не задан"
