"""What a member of staff did last with the posts of the list, so that it can be undone."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

LIFETIME = timedelta(minutes=10)


class UndoStepQuerySet(models.QuerySet):
    def current(self):
        return self.filter(created_at__gt=timezone.now() - LIFETIME)


class UndoStep(models.Model):
    """One row a user: only the latest step can be undone, and the next one replaces it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="undo_step"
    )
    key = models.UUIDField(default=uuid4)  # tells a button of an earlier step from this one's
    act = models.CharField("что", max_length=20)
    words = models.TextField("сказано")
    posts = models.TextField("публикации")  # JSON: key, version since then, fields as before
    created_at = models.DateTimeField("когда", default=timezone.now)

    objects = UndoStepQuerySet.as_manager()

    class Meta:
        verbose_name = "действие со списком"
        verbose_name_plural = "действия со списком"

    def __str__(self):
        return self.words

    @property
    def expires_at(self):
        return self.created_at + LIFETIME
