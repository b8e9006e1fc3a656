"""Counters for rate limits, shared by all processes, which forget what they counted.

Each purpose counts within spans of time and has a random pepper for each span. A counter knows its
key only as one of 65,536 cells: the first bytes of a hash of pepper, SECRET_KEY and key. When the
span ends, pepper and counters are deleted, so that nobody can tell from then on what was counted.
"""

import datetime
import secrets

from django.db import connection, models, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from college_site.sqlite_copy.log import empty_log

CELL_BYTES = 2  # few enough to bound the rows and to be shared by many addresses
ADD = """
    INSERT INTO feedback_ratelimitcounter (scope, ends_at, cell, "count") VALUES {}
    ON CONFLICT (scope, ends_at, cell)
    DO UPDATE SET "count" = feedback_ratelimitcounter."count" + EXCLUDED."count"
    RETURNING scope, "count"
"""
# A request that began in the last moment of a span may still write its counters.
LAST_WRITES = datetime.timedelta(minutes=1)


class Scope(models.TextChoices):
    """What is counted."""

    SUBMISSIONS = "submissions", "Предложения с одного адреса"
    TEXT = "text", "Одинаковые тексты"
    UPLOADS = "uploads", "Файлы с одного адреса"
    STAGED = "staged", "Неотправленные файлы из одной сети"
    VOTES = "votes", "Поддержка с одного адреса"
    WRONG_CODES = "wrong_codes", "Неверные коды с одного адреса"
    GUESSES = "guesses", "Неверные коды за сутки"


SPANS = {
    Scope.SUBMISSIONS: datetime.timedelta(hours=1),
    Scope.TEXT: datetime.timedelta(days=1),
    Scope.UPLOADS: datetime.timedelta(hours=1),
    Scope.STAGED: datetime.timedelta(days=1),
    Scope.VOTES: datetime.timedelta(hours=1),
    Scope.WRONG_CODES: datetime.timedelta(minutes=15),
    Scope.GUESSES: datetime.timedelta(days=1),
}


def end_of_span(scope):
    """When the current span of a scope ends; spans are counted from 1970."""
    length = SPANS[scope].total_seconds()
    end = (timezone.now().timestamp() // length + 1) * length
    return datetime.datetime.fromtimestamp(end, datetime.UTC)


def new_pepper():
    return secrets.token_bytes(32)


class RateLimitSpan(models.Model):
    """A span of time in which one thing is counted, with the pepper of its keys."""

    scope = models.CharField("что считается", max_length=11, choices=Scope)
    ends_at = models.DateTimeField("до", db_index=True)
    pepper = models.BinaryField(default=new_pepper)

    class Meta:
        verbose_name = "счётчик"
        verbose_name_plural = "счётчики"
        ordering = ["scope", "-ends_at", "pk"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                name="rate_limit_span_once",
                fields=["scope", "ends_at"],
                violation_error_message="Такой счётчик уже есть.",
            )
        ]

    def __str__(self):
        return self.get_scope_display()

    @classmethod
    def list_current(cls, scopes):
        """The current spans of scopes, in their order; missing ones are started."""
        ends = {scope: end_of_span(scope) for scope in scopes}
        stored = cls.objects.filter(scope__in=ends, ends_at__in=ends.values()).order_by()
        spans = {span.scope: span for span in stored if span.ends_at == ends[span.scope]}
        return [spans.get(scope) or cls.start(scope, ends_at) for scope, ends_at in ends.items()]

    @classmethod
    def current(cls, scope):
        return cls.list_current([scope])[0]

    @classmethod
    def start(cls, scope, ends_at):
        """A new span of a scope; the pepper of the one before is deleted."""
        new = cls(scope=scope, ends_at=ends_at)
        # Another process may create it at the same time: the pepper that was stored first counts.
        cls.objects.bulk_create([new], ignore_conflicts=True)
        cls.objects.filter(scope=scope, ends_at__lt=ends_at).delete()
        return cls.objects.filter(scope=scope, ends_at=ends_at).first() or new

    def cell_of(self, key):
        """The number that stands for a key within this span."""
        digest = salted_hmac(bytes(self.pepper), key, algorithm="sha256").digest()
        return int.from_bytes(digest[:CELL_BYTES], "big")


class RateLimitCounter(models.Model):
    """How often something happened within a span, under a cell that many keys share.

    It has no foreign key to the span: counting must not fail when the span is deleted meanwhile.
    """

    scope = models.CharField(max_length=11, choices=Scope)
    ends_at = models.DateTimeField(db_index=True)
    cell = models.PositiveIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                name="rate_limit_counter_once",
                fields=["scope", "ends_at", "cell"],
                violation_error_message="Такой счётчик уже есть.",
            )
        ]

    def __str__(self):
        return f"{self.get_scope_display()}: {self.count}"

    @classmethod
    def add_each(cls, keys, count=1):
        """Add to the counts of {scope: key} in the current spans; returns {scope: new count}."""
        values = []
        for span in RateLimitSpan.list_current(keys):
            moment = connection.ops.adapt_datetimefield_value(span.ends_at)
            values += [span.scope, moment, span.cell_of(keys[span.scope]), count]
        rows = ", ".join(["(%s, %s, %s, %s)"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(ADD.format(rows), values)
            return dict(cursor.fetchall())

    @classmethod
    def add(cls, scope, key, count=1):
        """Add to the count of a key in the current span; returns the new count."""
        return cls.add_each({scope: key}, count)[scope]

    @classmethod
    def current(cls, scope, key):
        """The count of a key in the current span."""
        span = RateLimitSpan.current(scope)
        row = cls.objects.filter(scope=scope, ends_at=span.ends_at, cell=span.cell_of(key)).first()
        return row.count if row else 0

    @classmethod
    def total(cls, scope):
        """The sum of all counts in the current span."""
        counts = cls.objects.filter(scope=scope, ends_at=end_of_span(scope))
        return counts.aggregate(total=Sum("count"))["total"] or 0


def delete_ended_spans():
    """Delete the peppers and counters of spans that have ended; returns whether there were any.

    Each pepper is deleted in a transaction of its own: a request may be deleting others.
    """
    now = timezone.now()
    ended = list(RateLimitSpan.objects.filter(ends_at__lte=now))
    for span in ended:
        span.delete()
    counters = RateLimitCounter.objects.filter(ends_at__lte=now - LAST_WRITES)
    deleted, _ = counters.delete()
    if ended or deleted:
        transaction.on_commit(empty_log)
    return bool(ended or deleted)
