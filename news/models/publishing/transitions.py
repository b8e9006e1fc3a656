"""The state of a post and its transitions; each locks the row and looks at what is stored."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from news.models.publishing.states import ALLOWED_STATES, PostState, Transition

MAX_WORDS = 1000  # characters of a note or a reason
NO_REASON = "Напишите причину: автор увидит её у своей публикации."
REVIEW_FIELDS = ("submitted_at", "returned_at", "review_note", "return_reason")


class PostTransitions(models.Model):
    """The transitions of one post; one that is not allowed raises ValidationError."""

    class Meta:
        abstract = True

    @property
    def state(self):
        """The PostState as of now."""
        if self.published_at:
            is_ahead = self.published_at > timezone.now()
            return PostState.SCHEDULED if is_ahead else PostState.PUBLISHED
        if self.submitted_at:
            return PostState.IN_REVIEW
        return PostState.RETURNED if self.returned_at else PostState.DRAFT

    def why_not_allowed(self, kind):
        """Why a Transition is not allowed now, as a sentence; "" if it is."""
        if self.deleted_at:
            return "Публикация в корзине: её сначала нужно вернуть."
        if self.state in ALLOWED_STATES[kind]:
            return ""
        return (
            f"«{kind.label}» уже не сделать: состояние публикации тем временем изменилось, теперь "
            f"она «{self.state.label}»."
        )

    def submit(self, note=""):
        """Ask editors to publish the draft."""
        self._change(
            Transition.SUBMIT,
            submitted_at=timezone.now(),
            review_note=clean_words(note),
            returned_at=None,
            return_reason="",
        )

    def recall(self):
        """Take the draft back from the editors."""
        self._change(Transition.RECALL, submitted_at=None)

    def return_to_author(self, reason):
        """Give the draft back to its author, who is told the reason."""
        reason = clean_words(reason)
        if not reason:
            raise ValidationError(NO_REASON)
        self._change(
            Transition.RETURN, submitted_at=None, returned_at=timezone.now(), return_reason=reason
        )

    def publish(self):
        """Publish the post with its former publication time, or now if it has none.

        The message of the ValidationError is for staff, also if a constraint is violated.
        """
        with transaction.atomic():
            self._lock(Transition.PUBLISH)
            former = None if self.published_at else self.withdrawn_from
            self.published_at = former or timezone.now()
            self.leave_review()
            self.validate_constraints()
            self.save(update_fields=["published_at", *REVIEW_FIELDS, "updated_at"])

    def unpublish(self):
        """Turn the post into a draft and save it."""
        with transaction.atomic():
            self._lock(Transition.WITHDRAW)
            self.become_draft()
            self.save(update_fields=["published_at", "withdrawn_from", "updated_at"])

    def become_draft(self):
        """Clear `published_at` without saving; the time of a published post is remembered."""
        if self.state == PostState.PUBLISHED:
            self.withdrawn_from = self.published_at
        self.published_at = None

    def leave_review(self):
        """Forget, without saving, that the post was submitted or returned."""
        self.submitted_at = self.returned_at = None
        self.review_note = self.return_reason = ""

    def _change(self, kind, **values):
        with transaction.atomic():
            self._lock(kind)
            for name, value in values.items():
                setattr(self, name, value)
            self.save(update_fields=[*values, "updated_at"])

    def _lock(self, kind):
        """Load what is stored and lock it; raises ValidationError if that forbids `kind`."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
        if objection := self.why_not_allowed(kind):
            raise ValidationError(objection)


def clean_words(text):
    """A note or a reason, stripped; raises ValidationError if it is too long."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > MAX_WORDS:
        raise ValidationError(f"Сократите до {MAX_WORDS} знаков: сейчас {len(text)}.")
    return text
