"""The bin: a deleted post waits there for thirty days with everything it has.

A post in the bin has no moment of publication, which a constraint enforces: so whatever asks for
published posts leaves it out, and the index that finds them needs no further column.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

RETENTION = timedelta(days=30)
NOT_IN_BIN = "Этой публикации в корзине уже нет: её вернули или удалили навсегда."
BIN_FIELDS = ("deleted_at", "deleted_by", "published_before_deletion", "published_at")


class BinQuerySet(models.QuerySet):
    def outside_bin(self):
        return self.filter(deleted_at=None)

    def in_bin(self):
        """What was deleted, the latest first."""
        return self.filter(deleted_at__isnull=False).order_by("-deleted_at", "-pk")

    def expired(self):
        return self.filter(deleted_at__lt=timezone.now() - RETENTION).order_by("deleted_at")


class PostBin(models.Model):
    deleted_at = models.DateTimeField("убрано в корзину", null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False
    )
    published_before_deletion = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def expires_at(self):
        return self.deleted_at + RETENTION

    @property
    def returns_at(self):
        """The moment of publication that it gets back from the bin, or None for a draft.

        A moment that was ahead and has passed in the bin is not given back: nobody would expect
        the post on the site.
        """
        moment = self.published_before_deletion
        if moment and self.deleted_at < moment <= timezone.now():
            return None
        return moment

    def move_to_bin(self, user):
        with transaction.atomic():
            self._load_and_lock()
            if self.deleted_at:
                raise ValidationError("Публикация уже в корзине.")
            self.deleted_at, self.deleted_by = timezone.now(), user
            self.published_before_deletion, self.published_at = self.published_at, None
            self.save(update_fields=[*BIN_FIELDS, "updated_at"])

    def restore(self):
        with transaction.atomic():
            self._load_and_lock()
            if self.deleted_at is None:
                raise ValidationError(NOT_IN_BIN)
            self.published_at = self.returns_at
            self.deleted_at = self.deleted_by = self.published_before_deletion = None
            self.save(update_fields=[*BIN_FIELDS, "updated_at"])

    def purge(self):
        """Delete a post of the bin with all its files."""
        with transaction.atomic():
            self._load_and_lock()
            if self.deleted_at is None:
                raise ValidationError(NOT_IN_BIN)
            self.delete()

    def _load_and_lock(self):
        """Raises ValidationError if the row is gone."""
        try:
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
        except type(self).DoesNotExist:
            raise ValidationError(NOT_IN_BIN) from None
