"""What a post and its participations share: the moment from which on visitors may see them."""

from django.db import models
from django.utils import timezone


class PublishableQuerySet(models.QuerySet):
    """Rows with `published_at` and `kind`."""

    newest_first = ("-published_at", "-pk")

    def published(self, since=None, before=None):
        """Those that visitors may see, newest first.

        The aware moments `since` and `before` narrow it to those that came out between them. Each
        side is bounded once, since SQLite looks up no more than that in an index.
        """
        now = timezone.now()
        rows = self.filter(published_at__gte=since) if since else self
        if before and before <= now:
            rows = rows.filter(published_at__lt=before)
        else:
            rows = rows.filter(published_at__lte=now)
        return rows.order_by(*self.newest_first)

    def published_in(self, period):
        """Those of a Period that visitors may see, newest first; of all time where it is None."""
        return self.published(*period.bounds) if period else self.published()

    def of_kind(self, kind):
        """Those of one of Post.Kind, or of any where `kind` is empty."""
        return self.filter(kind=kind) if kind else self


class AttachmentQuerySet(models.QuerySet):
    def published(self):
        """Attachments of the posts that visitors may see."""
        posts = self.model._meta.get_field("post").related_model.objects.published()
        return self.filter(post__in=posts.order_by())
