"""Letters to staff: reminders and digests, and which of them each person wants."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from feedback.models.letters.mails import OutboxMail, OutboxQuerySet


class StaffMailKind(models.TextChoices):
    TEN_DAYS = "ten_days", "До срока десять дней"
    THREE_DAYS = "three_days", "До срока три дня"
    TODAY = "today", "Срок сегодня"
    OVERDUE = "overdue", "Срок прошёл"
    PROMISE = "promise", "Срок обещания прошёл"
    DIGEST = "digest", "Сводка на утро"
    WEEKLY = "weekly", "Сводка за неделю"


Kind = StaffMailKind
REMINDERS = (Kind.TEN_DAYS, Kind.THREE_DAYS, Kind.TODAY, Kind.OVERDUE, Kind.PROMISE)
CHOICES = {  # by kind: the field of LetterChoice that switches it off
    **dict.fromkeys(REMINDERS, "reminders"),
    Kind.DIGEST: "digest",
    Kind.WEEKLY: "weekly",
}


class StaffMail(OutboxMail):
    """A letter to a member of staff: without personal data and without a suggestion's words.

    A reminder's `day` is the target or the day of the promise, a digest's the day that it tells
    about: each is written once, whatever the worker does.
    """

    Kind = StaffMailKind

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="кому"
    )
    suggestion = models.ForeignKey(
        "feedback.Suggestion",
        models.CASCADE,
        null=True,
        related_name="staff_mails",
        verbose_name="предложение",
    )
    kind = models.CharField("о чём", max_length=10, choices=StaffMailKind)
    day = models.DateField("день")
    subject = models.CharField("тема", max_length=150)
    body = models.TextField("текст")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо сотруднику"
        verbose_name_plural = "письма сотрудникам"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                name="staff_mail_due", fields=["due_at"], condition=Q(due_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="staff_mail_sent_is_not_due",
                condition=Q(sent_at__isnull=True) | Q(due_at__isnull=True),
                violation_error_message="Отправленное письмо не ждёт новой попытки.",
            ),
            models.CheckConstraint(
                name="staff_mail_known_kind",
                condition=Q(kind__in=[kind.value for kind in REMINDERS], suggestion__isnull=False)
                | Q(kind__in=[Kind.DIGEST.value, Kind.WEEKLY.value], suggestion__isnull=True),
                violation_error_message="Напоминание — о предложении, сводка — обо всех.",
            ),
            models.UniqueConstraint(
                name="staff_mail_reminds_once",
                fields=["suggestion", "recipient", "kind", "day"],
                violation_error_message="Об этом сроке уже напомнили.",
            ),
            models.UniqueConstraint(
                name="staff_mail_digest_once",
                fields=["recipient", "kind", "day"],
                condition=Q(suggestion__isnull=True),
                violation_error_message="Эту сводку уже отправили.",
            ),
        ]

    def __str__(self):
        return self.subject


class LetterChoice(models.Model):
    """Which letters a person wants; without a row all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    reminders = models.BooleanField(
        "Напоминать о сроках: за 10 дней, за 3 дня и в день", default=True
    )
    digest = models.BooleanField("Присылать сводку в 8 часов по рабочим дням", default=True)
    weekly = models.BooleanField("Присылать сводку за неделю (руководителям)", default=True)

    class Meta:
        verbose_name = "выбор писем"
        verbose_name_plural = "выбор писем"

    def __str__(self):
        return f"{self.user}"

    @classmethod
    def wants(cls, user, kind):
        choice = cls.objects.filter(pk=user.pk).first()
        return choice is None or getattr(choice, CHOICES[kind])


class DeskDay(models.Model):
    """A day whose reminders and digests are written."""

    day = models.DateField(primary_key=True)

    class Meta:
        verbose_name = "день писем"
        verbose_name_plural = "дни писем"

    def __str__(self):
        return f"{self.day}"
