"""Counters in the database, exact however many processes count."""

import datetime

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone


class Tally(models.Model):
    """How often something happened within a span of time, under a key that names nobody."""

    class Scope(models.TextChoices):
        SUBMISSIONS = "submissions", "Предложения с одного адреса"
        TEXT = "text", "Одинаковые тексты"
        UPLOADS = "uploads", "Файлы с одного адреса"
        GUESSES = "guesses", "Неверные коды с одного адреса"
        NUMBER = "number", "Неверные коды к одному номеру"

    scope = models.CharField("что считается", max_length=11, choices=Scope)
    key = models.CharField("ключ", max_length=64)
    starts_at = models.DateTimeField("с", db_index=True)
    count = models.PositiveIntegerField("сколько", default=0)

    class Meta:
        verbose_name = "счётчик"
        verbose_name_plural = "счётчики"
        ordering = ["-starts_at", "-count"]
        constraints = [
            models.UniqueConstraint(
                name="tally_once",
                fields=["scope", "key", "starts_at"],
                violation_error_message="Такой счётчик уже есть.",
            )
        ]

    def __str__(self):
        return f"{self.get_scope_display()}: {self.count}"

    @classmethod
    def add(cls, scope, key, span):
        """Count one more within the current span (a timedelta); the count with it."""
        row = {"scope": scope, "key": key, "starts_at": start_of_span(span)}
        with transaction.atomic():
            cls.objects.get_or_create(**row)
            cls.objects.filter(**row).update(count=F("count") + 1)
            return cls.objects.get(**row).count

    @classmethod
    def current(cls, scope, key, span):
        """The count within the current span."""
        row = cls.objects.filter(scope=scope, key=key, starts_at=start_of_span(span)).first()
        return row.count if row else 0


def start_of_span(span):
    """When the span (a timedelta) that holds this moment began; spans are counted from 1970."""
    return datetime.datetime.fromtimestamp(
        timezone.now().timestamp() // span.total_seconds() * span.total_seconds(), datetime.UTC
    )
