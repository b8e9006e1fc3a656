"""What staff and authors do with a suggestion; each change is one transaction with its history."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from feedback.deadlines import answer_due
from feedback.models.attachments import Attachment
from feedback.models.events import Event
from feedback.models.mails import Mail

MOST_REPLIES = 50  # a dialogue is rarely longer than five; more would only fill the page

Kind = Event.Kind
IN_HAND = ("received", "in_progress", "waiting")
OPEN = (*IN_HAND, "quarantine")
CLOSED = ("answered", "declined")
ALLOWED = {  # the states in which each change is possible
    Kind.TAKEN_UP: ("received",),
    Kind.RELEASED: ("quarantine",),
    Kind.QUESTION: IN_HAND,
    Kind.FORWARDED: IN_HAND,
    Kind.EXTENDED: IN_HAND,
    Kind.ANSWERED: IN_HAND,
    Kind.DECLINED: IN_HAND,
    Kind.RESTRICTED: (*OPEN, *CLOSED, "withdrawn"),
    Kind.OPENED_UP: (*OPEN, *CLOSED, "withdrawn"),
    Kind.REPLY: OPEN,
    Kind.WITHDRAWN: OPEN,
    Kind.RATED: CLOSED,
    Kind.REOPENED: CLOSED,
}


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
        if self.status != "quarantine":
            self.write_letter(event)
        return event

    def write_letter(self, event):
        """Put the letter about an event into the outbox, where its author is to be told of it."""
        if self.email and event.kind in Event.MAILED:
            Mail.objects.get_or_create(event=event)

    def why_not_allowed(self, kind):
        """Why a change of this kind is not possible now, in words; "" where it is."""
        if self.status not in ALLOWED[kind]:
            return (
                f"Пока страница была открыта, всё изменилось: предложение теперь в состоянии "
                f"«{self.public_status}», и сделать это уже нельзя."
            )
        if kind == Kind.EXTENDED and self.is_extended:
            return "Срок уже продлевали: второй раз продлить его нельзя."
        if kind == Kind.REPLY and self.events.filter(kind=kind).count() >= MOST_REPLIES:
            return "Переписка стала слишком длинной. Позвоните нам или напишите новое предложение."
        if kind == Kind.REOPENED and self.is_reopened:
            return "Предложение уже возобновляли. Напишите новое или позвоните нам."
        if kind in (Kind.RESTRICTED, Kind.OPENED_UP) and self.is_restricted == (
            kind == Kind.RESTRICTED
        ):
            return "Предложение уже в этой очереди."
        return ""

    # Staff --------------------------------------------------------------------------------------

    def take_up(self, staff):
        """Begin to work on it."""
        self._change(Kind.TAKEN_UP, staff=staff, status="in_progress")

    def release(self, staff):
        """Let it out of quarantine; only now the author gets the confirmation."""
        with transaction.atomic():
            self._change(Kind.RELEASED, staff=staff, status="received")
            self.write_letter(self.events.get(kind=Kind.RECEIVED))

    def ask(self, question, staff):
        """Put a question to the author and wait."""
        self._change(Kind.QUESTION, question, staff=staff, status="waiting")

    def forward(self, to_whom, staff):
        """Hand it on to those who decide; 59-ФЗ (статья 8) gives seven days and wants a notice."""
        self._change(Kind.FORWARDED, to_whom, staff=staff, status="in_progress")

    def extend(self, reason, staff):
        """Move the deadline by its term, once and with a reason; 59-ФЗ, статья 12."""
        self._change(
            *(Kind.EXTENDED, reason),
            staff=staff,
            due_on=lambda: answer_due(self.due_on),
            is_extended=True,
        )

    def give_answer(self, answer, staff):
        """Close it with an answer."""
        self._close(Kind.ANSWERED, answer, staff)

    def decline(self, explanation, staff):
        """Close it with an explanation why it cannot be done."""
        self._close(Kind.DECLINED, explanation, staff)

    def _close(self, kind, text, staff):
        text = clean_text(kind, text)
        status = str(kind)
        self._change(
            *(kind, text), staff=staff, status=status, answer=text, answered_at=timezone.now()
        )

    def restrict(self, staff):
        """Move it into the queue that only staff with a right of their own read."""
        self._change(Kind.RESTRICTED, staff=staff, is_restricted=True)

    def open_up(self, staff):
        """Move it back into the common queue."""
        self._change(Kind.OPENED_UP, staff=staff, is_restricted=False)

    # The author ---------------------------------------------------------------------------------

    def escalate(self):
        """Whoever tells of harm is read at once, in the closed queue, and never waits."""
        if self.status == "quarantine":
            self.release(None)
        if not self.is_restricted:
            self.restrict(None)

    def reply(self, text, key, staging_hash=""):
        """Answer the staff, or add something while it is open; returns the event."""
        return self._change(
            *(Kind.REPLY, text),
            key=key,
            staging_hash=staging_hash,
            status=lambda: "in_progress" if self.status == "waiting" else self.status,
        )

    def withdraw(self, key):
        """Take it back; it stays in the register."""
        self._change(Kind.WITHDRAWN, key=key, status="withdrawn")

    def rate(self, rating, key):
        """Say whether the answer helped: 3, 2 or 1 of `Rating`; a later word replaces it."""
        if rating not in self.Rating.values:
            raise ValidationError("Выберите одну из трёх оценок.")
        self._change(Kind.RATED, self.Rating(rating).label, key=key, rating=rating)

    def reopen(self, reason, key):
        """Ask once to look again; the term of the answer begins anew."""
        self._change(
            *(Kind.REOPENED, reason),
            key=key,
            status="in_progress",
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
    if kind in Event.WITH_TEXT and not text:
        raise ValidationError("Напишите текст: автор увидит его в истории предложения.")
    if len(text) > Event.TEXT_LENGTH:
        raise ValidationError(f"Сократите текст до {Event.TEXT_LENGTH} знаков: сейчас {len(text)}.")
    if "\0" in text:
        raise ValidationError("В тексте есть недопустимый знак: удалите его.")
    return text
