"""Photographs that were taken off the site."""

from django.conf import settings
from django.db import connection, models
from django.db.models import Q

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class TakedownQuerySet(models.QuerySet):
    def find(self, digest):
        """The Takedown of this picture, or None; in a transaction it stays so until the end."""
        lock_pictures([digest])
        return self.filter(digest=digest).first()


def lock_pictures(digests):
    """Nobody else stores or takes down these pictures before the transaction ends.

    Transactions of SQLite exclude each other anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for digest in sorted(set(digests)):  # in one order, so that two never block each other
                cursor.execute(LOCK, [digest])


class Takedown(models.Model):
    """Who took a photograph off the site, when and why; nothing of the picture, nor its words.

    Its digest refuses the same file when somebody uploads it again.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.TextField("причина", max_length=500)
    uses = models.PositiveIntegerField("публикаций", default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name="кто"
    )
    created_at = models.DateTimeField("когда", auto_now_add=True)

    objects = TakedownQuerySet.as_manager()

    class Meta:
        verbose_name = "снятый снимок"
        verbose_name_plural = "снятые снимки"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="takedown_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Напишите, почему снимок снят с сайта.",
            )
        ]

    def __str__(self):
        return f"№\u00a0{self.pk}"
