"""What staff and authors do with a suggestion; each change is one transaction with its history."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from feedback.deadlines import answer_due
from feedback.models.attachments import Attachment
from feedback.models.events import Event
from feedback.models.mails import Mail
from feedback.models.states import ALLOWED, MAILED, WITH_TEXT, EventKind, Status

MOST_REPLIES = 50  # a dialogue is rarely longer than five; more would only fill the page


class SuggestionTransitions(models.Model):
    """The changes of one suggestion. A change that is not possible raises ValidationError."""

    class Meta:
        abstract = True

    def record(self, kind, text="", *, staff=None, key=None, happened_at=None):
        """Write an event and, where the author left an address, the letter about it.

        Nothing is sent from quarantine: whoever fills the form in with a stranger's address must
        not make the site write to it.
        """
        event = Event.objects.create(
            suggestion=self,
            kind=kind,
            text=text,
            staff=staff,
            key=key or uuid4(),
            happened_at=happened_at or timezone.now(),
        )
        if self.status != Status.QUARANTINE:
            self.write_letter(event)
        return event

    def write_letter(self, event):
        """Put the letter about an event into the outbox, where its author is to be told of it."""
        if self.email and event.kind in MAILED:
            Mail.objects.get_or_create(event=event)

    def why_not_allowed(self, kind):
        """Why a change of this kind is not possible now, in words; "" where it is."""
        if self.status not in ALLOWED[kind]:
            return (
                f"Пока страница была открыта, всё изменилось: предложение теперь в состоянии "
                f"«{self.public_status}», и сделать это уже нельзя."
            )
        if kind == EventKind.EXTENDED and self.is_extended:
            return "Срок уже продлевали: второй раз продлить его нельзя."
        if kind == EventKind.REPLY and self.events.filter(kind=kind).count() >= MOST_REPLIES:
            return "Переписка стала слишком длинной. Позвоните нам или напишите новое предложение."
        if kind == EventKind.REOPENED and self.is_reopened:
            return "Предложение уже возобновляли. Напишите новое или позвоните нам."
        if kind in (EventKind.RESTRICTED, EventKind.OPENED_UP) and self.is_restricted == (
            kind == EventKind.RESTRICTED
        ):
            return "Предложение уже в этой очереди."
        return ""

    # Staff --------------------------------------------------------------------------------------

    def take_up(self, staff):
        """Begin to work on it."""
        self._change(EventKind.TAKEN_UP, staff=staff, status=Status.IN_PROGRESS)

    def release(self, staff):
        """Let it out of quarantine; only now the author gets the confirmation."""
        with transaction.atomic():
            self._change(EventKind.RELEASED, staff=staff, status=Status.RECEIVED)
            self.write_letter(self.events.get(kind=EventKind.RECEIVED))

    def ask(self, question, staff):
        """Put a question to the author and wait."""
        self._change(EventKind.QUESTION, question, staff=staff, status=Status.WAITING)

    def forward(self, to_whom, staff):
        """Hand it on to those who decide; 59-ФЗ (статья 8) gives seven days and wants a notice."""
        self._change(EventKind.FORWARDED, to_whom, staff=staff, status=Status.IN_PROGRESS)

    def extend(self, reason, staff):
        """Move the deadline by its term, once and with a reason; 59-ФЗ, статья 12."""
        self._change(
            EventKind.EXTENDED,
            reason,
            staff=staff,
            due_on=lambda: answer_due(self.due_on),
            is_extended=True,
        )

    def give_answer(self, answer, staff):
        """Close it with an answer."""
        self._close(EventKind.ANSWERED, answer, staff)

    def decline(self, explanation, staff):
        """Close it with an explanation why it cannot be done."""
        self._close(EventKind.DECLINED, explanation, staff)

    def _close(self, kind, text, staff):
        text = clean_text(kind, text)
        status = Status.ANSWERED if kind == EventKind.ANSWERED else Status.DECLINED
        self._change(
            kind,
            text,
            staff=staff,
            status=status,
            answer=text,
            answered_at=timezone.now(),
        )

    def restrict(self, staff):
        """Move it into the queue that only staff with a right of their own read."""
        self._change(EventKind.RESTRICTED, staff=staff, is_restricted=True)

    def open_up(self, staff):
        """Move it back into the common queue."""
        self._change(EventKind.OPENED_UP, staff=staff, is_restricted=False)

    # The author ---------------------------------------------------------------------------------

    def escalate(self):
        """Move a text that mentions harm into the restricted queue at once, out of quarantine."""
        if self.status == Status.QUARANTINE:
            self.release(None)
        if not self.is_restricted:
            self.restrict(None)

    def reply(self, text, key, staging_hash=""):
        """Answer the staff, or add something while it is open; returns the event."""
        return self._change(
            EventKind.REPLY,
            text,
            key=key,
            staging_hash=staging_hash,
            status=lambda: Status.IN_PROGRESS if self.status == Status.WAITING else self.status,
        )

    def withdraw(self, key):
        """Take it back; it stays in the register."""
        self._change(EventKind.WITHDRAWN, key=key, status=Status.WITHDRAWN)

    def rate(self, rating, key):
        """Say whether the answer helped: 3, 2 or 1 of `Rating`; a later word replaces it."""
        if rating not in self.Rating.values:
            raise ValidationError("Выберите одну из трёх оценок.")
        self._change(EventKind.RATED, self.Rating(rating).label, key=key, rating=rating)

    def reopen(self, reason, key):
        """Ask once to look again; the term of the answer begins anew."""
        self._change(
            EventKind.REOPENED,
            reason,
            key=key,
            status=Status.IN_PROGRESS,
            is_reopened=True,
            rating=None,
            answered_at=None,
            due_on=answer_due(timezone.localdate()),
        )

    def _change(self, kind, text="", *, staff=None, key=None, staging_hash="", **values):
        """Write the values and the event if the stored row allows it; a known key changes nothing.

        A value that depends on the stored row is a function, called once the row is locked.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if key and (earlier := Event.objects.filter(key=key, suggestion=self).first()):
                return earlier
            if objection := self.why_not_allowed(kind):
                raise ValidationError(objection)
            text = clean_text(kind, text)
            for name, value in values.items():
                setattr(self, name, value() if callable(value) else value)
            self.save(update_fields=[*values, "answered_at"])
            event = self.record(kind, text, staff=staff, key=key)
            if staging_hash:
                Attachment.objects.staged(staging_hash).update(suggestion=self, event=event)
        return event


def clean_text(kind, text):
    """The text of an event of this kind, stripped; ValidationError where its rules are broken."""
    text = text.replace("\r\n", "\n").strip()
    if kind in WITH_TEXT and not text:
        raise ValidationError("Напишите текст: автор увидит его в истории предложения.")
    if len(text) > Event.TEXT_LENGTH:
        raise ValidationError(f"Сократите текст до {Event.TEXT_LENGTH} знаков: сейчас {len(text)}.")
    if "\0" in text:
        raise ValidationError("В тексте есть недопустимый знак: удалите его.")
    return text
