"""Promises: what the college will do after an answer, and by when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.models.suggestion_lookups import SuggestionLookups
from feedback.models.workflow.states import PromiseState


class PromiseQuerySet(SuggestionLookups):
    suggestion_path = "suggestion__"

    def late(self, today=None):
        """Open promises whose day has passed."""
        return self.filter(state=PromiseState.OPEN, due_on__lt=today or timezone.localdate())


class Promise(models.Model):
    """The promise of a suggestion's last answer; the history keeps those of earlier answers.

    The public reads it beside a published answer, so it bears no personal data.
    """

    State = PromiseState
    TEXT_LENGTH = 500

    suggestion = models.OneToOneField(
        "feedback.Suggestion", models.CASCADE, primary_key=True, verbose_name="предложение"
    )
    text = models.CharField("что сделаем", max_length=TEXT_LENGTH)
    due_on = models.DateField("до какого дня")
    promised_on = models.DateField("обещано")
    state = models.CharField("состояние", max_length=10, choices=State, default=State.OPEN)
    closed_on = models.DateField("выполнено или отменено", null=True)
    # When the authors of duplicates are to learn the result; None once they have.
    tell_at = models.DateTimeField("сообщить присоединённым", null=True, editable=False)
    result = models.TextField("что вышло", max_length=2000, blank=True)
    # A page of another app; its model offers what Publication.result_post asks for.
    result_post = models.ForeignKey(
        "news.Post", models.SET_NULL, null=True, related_name="+", verbose_name="публикация"
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "обещание"
        verbose_name_plural = "обещания"
        default_permissions = []
        indexes = [
            models.Index(name="promise_due", fields=["due_on"], condition=Q(state="open")),
            models.Index(
                name="promise_to_tell", fields=["tell_at"], condition=Q(tell_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="promise_closed_with_words",
                condition=Q(state=PromiseState.OPEN.value, closed_on__isnull=True, result="")
                | Q(
                    state__in=[PromiseState.FULFILLED.value, PromiseState.CANCELLED.value],
                    closed_on__isnull=False,
                )
                & ~Q(result=""),
                violation_error_message="Напишите, что сделано или почему не получилось.",
            ),
            models.CheckConstraint(
                name="promise_has_words",
                condition=~Q(text=""),
                violation_error_message="Напишите, что будет сделано.",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_late(self):
        """Whether its day passed before it was closed."""
        return self.due_on < (self.closed_on or timezone.localdate())

    @property
    def post(self):
        """The published post about the result, or None."""
        post = self.result_post
        return post if post and post.is_published else None
