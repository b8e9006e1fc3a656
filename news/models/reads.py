"""How often the page of a post was read, by days; nothing about who read it."""

from datetime import timedelta

from django.db import connection, models, transaction
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

KEPT_DAYS = 400
DELETED_AT_ONCE = 1000
# A post that was deleted meanwhile is left out.
ADD = """
    INSERT INTO news_reads (post_id, day, "count")
    SELECT id, %s, %s FROM news_post WHERE id = %s
    ON CONFLICT (post_id, day) DO UPDATE SET "count" = news_reads."count" + EXCLUDED."count"
"""


class Reads(models.Model):
    """The reads of one post on one day."""

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="reads")
    day = models.DateField("день", db_index=True)
    count = models.PositiveIntegerField("прочтений")

    class Meta:
        verbose_name = "прочтения"
        verbose_name_plural = "прочтения"
        ordering = ["-day", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                name="reads_once_a_day",
                fields=["post", "day"],
                violation_error_message="Прочтения этого дня уже считаются.",
            )
        ]

    def __str__(self):
        return f"{self.day}: {self.count}"

    @classmethod
    @transaction.atomic
    def add(cls, counts):
        """Add {(key of a post, day): reads}, in one order: two processes never block each other."""
        with connection.cursor() as cursor:
            for (post_key, day), count in sorted(counts.items()):
                cursor.execute(ADD, [connection.ops.adapt_datefield_value(day), count, post_key])

    @classmethod
    def total_of_post(cls):
        """An expression: all reads of the post of the outer query."""
        own = cls.objects.filter(post=OuterRef("pk")).order_by().values("post")
        return Coalesce(Subquery(own.annotate(total=Sum("count")).values("total")), 0)


def most_read(posts, days, number):
    """(title, slug, reads) of those `posts` that were read most in the last days."""
    since = timezone.localdate() - timedelta(days=days - 1)
    found = posts.filter(reads__day__gte=since).order_by().values("pk", "title", "slug")
    ranked = found.annotate(total=Sum("reads__count")).order_by("-total", "-pk")
    return list(ranked.values_list("title", "slug", "total")[:number])


def delete_old_reads():
    """Delete up to 1000 days of reads that are too old; returns whether there were any."""
    before = timezone.localdate() - timedelta(days=KEPT_DAYS)
    keys = list(Reads.objects.filter(day__lt=before).values_list("pk", flat=True)[:DELETED_AT_ONCE])
    if keys:
        Reads.objects.filter(pk__in=keys).delete()
    return bool(keys)
