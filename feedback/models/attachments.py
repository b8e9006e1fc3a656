"""Files attached to a suggestion or to an author's reply."""

from uuid import uuid4

from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone


class AttachmentQuerySet(models.QuerySet):
    def staged(self, staging_hash):
        """Files whose form has not been submitted yet, oldest first."""
        return self.filter(staging_hash=staging_hash, suggestion=None)

    def staged_bytes(self, **of):
        """The size of all files whose form has not been submitted yet."""
        return self.filter(suggestion=None, **of).aggregate(total=Sum("size"))["total"] or 0

    def attach_to(self, event):
        """Make the files part of an event; which network they came from is forgotten."""
        self.update(suggestion=event.suggestion, event=event, staging_network=None)

    def sent(self):
        """Files that belong to a suggestion."""
        return self.exclude(suggestion=None)


class Attachment(models.Model):
    """A cleaned file. It is staged under the hash of its form's key and browser until the form is
    submitted, then belongs to a suggestion and to the event that it was submitted with."""

    MAX_FILES = 5

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    suggestion = models.ForeignKey(
        "feedback.Suggestion", models.CASCADE, null=True, related_name="attachments"
    )
    event = models.ForeignKey(
        "feedback.Event", models.CASCADE, null=True, related_name="attachments"
    )
    staging_hash = models.CharField(max_length=64, db_index=True, editable=False)
    staging_network = models.PositiveIntegerField(null=True, editable=False)
    uploaded_at = models.DateTimeField("загружен", default=timezone.now, db_index=True)
    name = models.CharField("имя файла", max_length=150)
    content_type = models.CharField("вид", max_length=100)
    size = models.PositiveIntegerField("размер, байт")
    lost = models.CharField("что не сохранилось", max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.FileField("файл", max_length=120)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        ordering = ["uploaded_at", "key"]
        constraints = [
            models.CheckConstraint(
                name="attachment_event_of_suggestion",
                condition=Q(suggestion__isnull=True, event__isnull=True)
                | Q(suggestion__isnull=False, event__isnull=False),
                violation_error_message="Файл принадлежит предложению и событию вместе.",
            ),
            models.CheckConstraint(
                name="attachment_network_until_sent",
                condition=Q(suggestion__isnull=True) | Q(staging_network=None),
                violation_error_message="У отправленного файла не хранится, откуда он пришёл.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("feedback:attachment_file", args=[self.key])

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")
