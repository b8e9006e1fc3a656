"""Querysets of what visitors see only after its time of publication."""

from django.db import models
from django.utils import timezone


class PublishableQuerySet(models.QuerySet):
    """Rows with `published_at` and `kind`."""

    newest_first = ("-published_at", "-pk")

    def published(self, since=None, before=None):
        """Rows that visitors may see, newest first.

        The aware datetimes `since` (inclusive) and `before` (exclusive) limit the publication
        time. Each side has a single condition, because SQLite uses only one of them in an index.
        """
        now = timezone.now()
        if before and before <= now:
            limits = {"published_at__lt": before}
        else:
            limits = {"published_at__lte": now}
        if since:
            limits["published_at__gte"] = since
        return self.filter(**limits).order_by(*self.newest_first)

    def published_in(self, period):
        """Rows published in a Period that visitors may see, newest first; all rows for None."""
        return self.published(*period.bounds) if period else self.published()

    def of_kind(self, kind):
        """Rows of a PostKind; all rows for an empty `kind`."""
        return self.filter(kind=kind) if kind else self


class AttachmentQuerySet(models.QuerySet):
    def published(self):
        """Attachments of published posts."""
        posts = self.model._meta.get_field("post").related_model.objects.published()
        return self.filter(post__in=posts.order_by())

    def visible_to(self, user):
        """Attachments of posts that a member of staff may see in the admin."""
        posts = self.model._meta.get_field("post").related_model.objects.visible_to(user)
        return self.filter(post__in=posts.order_by())
