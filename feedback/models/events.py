"""The history of a suggestion: everything that was done with it, and what was said."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class EventQuerySet(models.QuerySet):
    def for_author(self):
        """What the author reads of the history, with the files of each step, in order."""
        return self.exclude(kind__in=Event.INTERNAL).prefetch_related("attachments")


class Event(models.Model):
    """One step of a suggestion's history, written with the change it tells of and never changed.

    `key` makes a step of the author's idempotent: a form that is sent twice writes one event.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", "Предложение принято"
        QUARANTINED = "quarantined", "Отложено на проверку"
        RELEASED = "released", "Проверено и принято в работу"
        TAKEN_UP = "taken_up", "Взято в работу"
        QUESTION = "question", "Вопрос автору"
        REPLY = "reply", "Ответ автора"
        EXTENDED = "extended", "Срок продлён"
        FORWARDED = "forwarded", "Передано тем, кто решает вопрос"
        ANSWERED = "answered", "Дан ответ"
        DECLINED = "declined", "Отклонено с объяснением"
        WITHDRAWN = "withdrawn", "Отозвано автором"
        RATED = "rated", "Автор оценил ответ"
        REOPENED = "reopened", "Автор попросил рассмотреть ещё раз"
        PUBLISHED = "published", "Опубликовано с ответом"
        HIDDEN = "hidden", "Снято с публикации"
        RESTRICTED = "restricted", "Перенесено в закрытую очередь"
        OPENED_UP = "opened_up", "Возвращено в общую очередь"

    BY_AUTHOR = (Kind.RECEIVED, Kind.REPLY, Kind.WITHDRAWN, Kind.RATED, Kind.REOPENED)
    WITH_TEXT = (
        *(Kind.QUESTION, Kind.REPLY, Kind.EXTENDED, Kind.FORWARDED),
        *(Kind.ANSWERED, Kind.DECLINED, Kind.REOPENED),
    )
    INTERNAL = (Kind.QUARANTINED, Kind.RELEASED, Kind.RESTRICTED, Kind.OPENED_UP)
    MAILED = (
        *(Kind.RECEIVED, Kind.QUESTION, Kind.EXTENDED, Kind.FORWARDED),
        *(Kind.ANSWERED, Kind.DECLINED),
    )
    TEXT_LENGTH = 5000
    FOR_AUTHOR = {  # how the author reads it; whoever of the staff did it is «Техникум»
        Kind.RECEIVED: "Предложение принято",
        Kind.TAKEN_UP: "Техникум взял предложение в работу",
        Kind.QUESTION: "Техникум задал вопрос",
        Kind.REPLY: "Вы написали",
        Kind.EXTENDED: "Техникум продлил срок",
        Kind.FORWARDED: "Техникум передал предложение тем, кто решает вопрос",
        Kind.ANSWERED: "Техникум ответил",
        Kind.DECLINED: "Техникум отклонил предложение и объяснил почему",
        Kind.WITHDRAWN: "Вы отозвали предложение",
        Kind.RATED: "Вы оценили ответ",
        Kind.REOPENED: "Вы попросили рассмотреть ещё раз",
        Kind.PUBLISHED: "Техникум опубликовал предложение с ответом",
        Kind.HIDDEN: "Техникум снял предложение с публикации",
    }

    suggestion = models.ForeignKey(
        "feedback.Suggestion", models.CASCADE, related_name="events", verbose_name="предложение"
    )
    kind = models.CharField("что произошло", max_length=11, choices=Kind)
    text = models.TextField("текст", max_length=TEXT_LENGTH, blank=True)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="сотрудник",
    )
    happened_at = models.DateTimeField("когда", default=timezone.now)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "история"
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_known_kind",
                condition=Q(
                    kind__in=[
                        *("received", "quarantined", "released", "taken_up", "question", "reply"),
                        *("extended", "forwarded", "answered", "declined", "withdrawn", "rated"),
                        *("reopened", "published", "hidden", "restricted", "opened_up"),
                    ]
                ),
                violation_error_message="Выберите, что произошло, из списка.",
            ),
            models.CheckConstraint(
                name="event_says_why",
                condition=~Q(text="")
                | ~Q(
                    kind__in=[
                        *("question", "reply", "extended", "forwarded"),
                        *("answered", "declined", "reopened"),
                    ]
                ),
                violation_error_message="Напишите текст: автор увидит его в истории предложения.",
            ),
            models.UniqueConstraint(
                name="event_received_once",
                fields=["suggestion"],
                condition=Q(kind="received"),
                violation_error_message="Предложение принимают один раз.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def words_for_author(self):
        return self.FOR_AUTHOR[self.kind]

    @property
    def is_by_author(self):
        return self.kind in self.BY_AUTHOR
