"""What staff and authors do with a suggestion; each change is one transaction with its history."""

import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from feedback.deadlines import answer_due
from feedback.models.attachments import Attachment
from feedback.models.events import Event
from feedback.models.mails import Mail

EXTENSION_DAYS = 30


class SuggestionChanges(models.Model):
    """The changes of one suggestion. A change that its state forbids raises ValidationError."""

    class Meta:
        abstract = True

    def record(self, kind, text="", *, staff=None, key=None, happened_at=None):
        """Write an event and, where the author left an address, the letter about it."""
        event = Event.objects.create(
            suggestion=self,
            kind=kind,
            text=text,
            staff=staff,
            key=key or uuid4(),
            happened_at=happened_at or timezone.now(),
        )
        if self.email and kind in Event.MAILED:
            Mail.objects.create(event=event)
        return event

    # Staff --------------------------------------------------------------------------------------

    def take_up(self, staff):
        """Begin to work on it."""
        self._change(["received"], Event.Kind.TAKEN_UP, staff=staff, status="in_progress")

    def release(self, staff):
        """Let it out of quarantine."""
        self._change(["quarantine"], Event.Kind.RELEASED, staff=staff, status="received")

    def ask(self, question, staff):
        """Put a question to the author and wait."""
        states = ["received", "in_progress", "waiting"]
        self._change(states, Event.Kind.QUESTION, question, staff=staff, status="waiting")

    def forward(self, to_whom, staff):
        """Hand it on to those who decide; 59-ФЗ (статья 8) gives seven days and wants a notice."""
        states = ["received", "in_progress", "waiting"]
        self._change(states, Event.Kind.FORWARDED, to_whom, staff=staff, status="in_progress")

    def extend(self, reason, staff):
        """Move the deadline by 30 days, once and with a reason; 59-ФЗ, статья 12."""
        if self.is_extended:
            raise ValidationError("Срок уже продлевали: второй раз продлить его нельзя.")
        due_on = self.due_on + datetime.timedelta(days=EXTENSION_DAYS)
        states = ["received", "in_progress", "waiting"]
        self._change(
            states, Event.Kind.EXTENDED, reason, staff=staff, due_on=due_on, is_extended=True
        )

    def give_answer(self, answer, staff):
        """Close it with an answer."""
        self._close(Event.Kind.ANSWERED, answer, staff)

    def decline(self, explanation, staff):
        """Close it with an explanation why it cannot be done."""
        self._close(Event.Kind.DECLINED, explanation, staff)

    def _close(self, kind, text, staff):
        self._change(
            ["received", "in_progress", "waiting"],
            *(kind, text),
            staff=staff,
            status=str(kind),
            answer=text,
            answered_at=timezone.now(),
        )

    # The author ---------------------------------------------------------------------------------

    def reply(self, text, key, staging_hash=""):
        """Answer the staff, or add something while it is open; returns the event."""
        states = ["received", "in_progress", "waiting", "quarantine"]
        with transaction.atomic():
            event = self._change(states, Event.Kind.REPLY, text, key=key, staging_hash=staging_hash)
            if self.status == "waiting":
                self.status = "in_progress"
                self.save(update_fields=["status"])
        return event

    def withdraw(self, key):
        """Take it back; it stays in the register."""
        self._change(
            ["received", "in_progress", "waiting", "quarantine"],
            Event.Kind.WITHDRAWN,
            key=key,
            status="withdrawn",
        )

    def rate(self, rating, key):
        """Say whether the answer helped."""
        self._change(["answered", "declined"], Event.Kind.RATED, key=key, rating=rating)

    def reopen(self, reason, key):
        """Ask once to look again; the term of the answer begins anew."""
        if self.is_reopened:
            raise ValidationError("Предложение уже возобновляли. Напишите новое или позвоните нам.")
        self._change(
            ["answered", "declined"],
            *(Event.Kind.REOPENED, reason),
            key=key,
            status="in_progress",
            is_reopened=True,
            rating=None,
            answered_at=None,
            due_on=answer_due(timezone.localdate()),
        )

    def _change(self, states, kind, text="", *, staff=None, key=None, staging_hash="", **fields):
        """Change `fields` if the stored state is one of `states`; a known key changes nothing."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if key and (earlier := Event.objects.filter(key=key, suggestion=self).first()):
                return earlier
            if self.status not in states:
                raise ValidationError(
                    f"Сейчас предложение в состоянии «{self.get_status_display()}», "
                    "и сделать это нельзя. Откройте страницу заново."
                )
            for name, value in fields.items():
                setattr(self, name, value)
            self.save(update_fields=[*fields, "answered_at"])
            event = self.record(kind, text, staff=staff, key=key)
            if staging_hash:
                Attachment.objects.staged(staging_hash).update(suggestion=self, event=event)
        return event
