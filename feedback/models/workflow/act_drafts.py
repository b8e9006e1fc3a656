"""What a member of staff has written on the page of a suggestion and not sent yet."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

LIFETIME = timedelta(days=30)
PRESENT = timedelta(seconds=90)  # an open page gives a sign of life every 30 seconds


class ActDraftQuerySet(models.QuerySet):
    def expired(self):
        """Drafts that nobody came back for."""
        return self.filter(seen_at__lt=timezone.now() - LIFETIME)


class ActDraft(models.Model):
    """The slot of one person for one suggestion; it also tells that the page is open."""

    suggestion = models.ForeignKey("feedback.Suggestion", models.CASCADE, related_name="act_drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="act_drafts")
    entries = models.TextField(blank=True)  # {act: {field: value}} as JSON; "" without any
    act = models.CharField(max_length=20, blank=True)  # the one that is open on the page
    is_open = models.BooleanField(default=True)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    written_at = models.DateTimeField(null=True)

    objects = ActDraftQuerySet.as_manager()

    class Meta:
        default_permissions = []
        verbose_name = "недописанное"
        verbose_name_plural = "недописанное"
        ordering = ["-seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="act_draft_one_of_person",
                fields=["suggestion", "user"],
                violation_error_message="У сотрудника одно недописанное на предложение.",
            )
        ]

    def __str__(self):
        return f"{self.suggestion_id}: {self.user_id}"

    @property
    def is_present(self):
        return self.is_open and self.seen_at > timezone.now() - PRESENT

    @property
    def by_act(self):
        """{act: {field: value}}"""
        return json.loads(self.entries) if self.entries else {}

    def write(self, changes):
        """Put the entries of some acts; None removes those of an act. The caller saves."""
        entries = {**self.by_act, **changes}
        kept = {act: values for act, values in entries.items() if values}
        self.entries = json.dumps(kept, ensure_ascii=False) if kept else ""
        self.written_at = timezone.now()
