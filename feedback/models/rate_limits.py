"""Counters in the database, exact across processes."""

import datetime

from django.db import connection, models
from django.db.models import Q, Sum
from django.utils import timezone

ADD = """
    INSERT INTO feedback_ratelimitcounter (scope, "key", starts_at, "count") VALUES (%s, %s, %s, %s)
    ON CONFLICT (scope, "key", starts_at)
    DO UPDATE SET "count" = feedback_ratelimitcounter."count" + EXCLUDED."count"
    RETURNING "count"
"""


class RateLimitCounterQuerySet(models.QuerySet):
    def all_exceed(self, limit, span, keys):
        """Whether each of these keys, a mapping by scope, was counted more than `limit` times."""
        wanted = Q()
        for scope, key in keys.items():
            wanted |= Q(scope=scope, key=key)
        counted = self.filter(wanted, starts_at=start_of_span(span), count__gt=limit)
        return counted.count() == len(keys)

    def total(self, scope, since):
        """The sum of all counts in this scope since a moment."""
        counts = self.filter(scope=scope, starts_at__gte=since)
        return counts.aggregate(total=Sum("count"))["total"] or 0


class RateLimitCounter(models.Model):
    """How often something happened within a span of time, under an anonymous key."""

    class Scope(models.TextChoices):
        SUBMISSIONS = "submissions", "Предложения с одного адреса"
        TEXT = "text", "Одинаковые тексты"
        UPLOADS = "uploads", "Файлы с одного адреса"
        VOTES = "votes", "Поддержка с одного адреса"
        WRONG_CODES = "wrong_codes", "Неверные коды с одного адреса"
        NUMBER = "number", "Неверные коды к одному номеру"

    scope = models.CharField("что считается", max_length=11, choices=Scope)
    key = models.CharField("ключ", max_length=64)
    starts_at = models.DateTimeField("с", db_index=True)
    count = models.PositiveIntegerField("сколько", default=0)

    objects = RateLimitCounterQuerySet.as_manager()

    class Meta:
        verbose_name = "счётчик"
        verbose_name_plural = "счётчики"
        ordering = ["-starts_at", "-count"]
        constraints = [
            models.UniqueConstraint(
                name="rate_limit_counter_once",
                fields=["scope", "key", "starts_at"],
                violation_error_message="Такой счётчик уже есть.",
            )
        ]

    def __str__(self):
        return f"{self.get_scope_display()}: {self.count}"

    @classmethod
    def add(cls, scope, key, span, count=1):
        """Add to the count of the current span (a timedelta); returns the new count."""
        moment = connection.ops.adapt_datetimefield_value(start_of_span(span))
        with connection.cursor() as cursor:
            cursor.execute(ADD, [str(scope), key, moment, count])
            return cursor.fetchone()[0]

    @classmethod
    def current(cls, scope, key, span):
        """The count within the current span."""
        row = cls.objects.filter(scope=scope, key=key, starts_at=start_of_span(span)).first()
        return row.count if row else 0


def start_of_span(span):
    """When the current span (a timedelta) began; spans are counted from 1970."""
    return datetime.datetime.fromtimestamp(
        timezone.now().timestamp() // span.total_seconds() * span.total_seconds(), datetime.UTC
    )
