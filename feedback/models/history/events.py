"""The history of a suggestion: all changes and messages."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.models.workflow.states import (
    BY_AUTHOR,
    INTERNAL,
    WITH_TEXT,
    WORDS_FOR_AUTHOR,
    EventKind,
)


class EventQuerySet(models.QuerySet):
    def for_author(self):
        """The events that the author may read, with their files."""
        shown = self.exclude(kind__in=INTERNAL).filter(undone_by=None)
        return shown.prefetch_related("attachments")


class Event(models.Model):
    """One event of a suggestion's history, written together with its change and immutable.

    Events of all suggestions form one chain, see feedback/history/links.py. A member of staff who
    stands in it cannot be deleted: disable the account.

    `key` makes an author's action idempotent: a form that is submitted twice writes one event.
    """

    Kind = EventKind
    TEXT_LENGTH = 5000

    suggestion = models.ForeignKey(
        "feedback.Suggestion", models.CASCADE, related_name="events", verbose_name="предложение"
    )
    kind = models.CharField("что произошло", max_length=20, choices=Kind)
    text = models.TextField("текст", max_length=TEXT_LENGTH, blank=True)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="сотрудник",
    )
    happened_at = models.DateTimeField("когда", default=timezone.now)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    position = models.PositiveBigIntegerField("место в истории", unique=True, editable=False)
    # What an event of the kind UNDONE has taken back, within the minute in which that is possible.
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, editable=False, related_name="undone_by"
    )
    link = models.CharField("звено", max_length=64, editable=False)
    # A salt is "" once the content is erased, and where there is no content of this name.
    text_salt = models.CharField(max_length=32, blank=True, editable=False)
    text_commitment = models.CharField(max_length=64, editable=False)
    person_salt = models.CharField(max_length=32, blank=True, editable=False)
    person_commitment = models.CharField(max_length=64, editable=False)
    contact_salt = models.CharField(max_length=32, blank=True, editable=False)
    contact_commitment = models.CharField(max_length=64, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "история"
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_known_kind",
                condition=Q(kind__in=EventKind.values),
                violation_error_message="Выберите, что произошло, из списка.",
            ),
            models.CheckConstraint(
                name="event_says_why",
                condition=~Q(text="") | ~Q(kind__in=[kind.value for kind in WITH_TEXT]),
                violation_error_message="Напишите текст: автор увидит его в истории предложения.",
            ),
            models.CheckConstraint(
                name="event_undone_names_act",
                condition=Q(kind=EventKind.UNDONE.value, undoes__isnull=False)
                | (~Q(kind=EventKind.UNDONE.value) & Q(undoes__isnull=True)),
                violation_error_message="Отмена называет событие, которое отменено.",
            ),
            models.UniqueConstraint(
                name="event_received_once",
                fields=["suggestion"],
                condition=Q(kind=EventKind.RECEIVED.value),
                violation_error_message="Предложение принимают один раз.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def words_for_author(self):
        return WORDS_FOR_AUTHOR[self.kind]

    @property
    def is_by_author(self):
        return self.kind in BY_AUTHOR
