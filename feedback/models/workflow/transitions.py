"""State transitions of a suggestion; each is one transaction together with its event."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from college_site.pages.plain_text import normalize
from feedback.deadlines import EXTENSION_DAYS, answer_limit
from feedback.models.attachments import Attachment
from feedback.models.history.events import Event
from feedback.models.history.head import HistoryHead
from feedback.models.letters.mails import Mail
from feedback.models.workflow.access import full_name, may_act, may_answer
from feedback.models.workflow.figures import MEASURES
from feedback.models.workflow.states import (
    CLOSED,
    IN_HAND,
    INTERNAL,
    MAILED,
    OPEN,
    PUBLIC,
    WITH_TEXT,
    EventKind,
    Status,
)

CLOCK = ("limit_on", "due_on", "paused_on", *MEASURES)
ONE_READING = timedelta(hours=1)
MAX_REPLIES = 50  # dialogues are rarely longer than five

ALLOWED_STATES = {  # the states in which each kind of transition is allowed
    EventKind.TAKEN_UP: (Status.RECEIVED,),
    EventKind.RELEASED: (Status.QUARANTINE,),
    EventKind.QUESTION: IN_HAND,
    EventKind.FORWARDED: IN_HAND,
    EventKind.EXTENDED: IN_HAND,
    EventKind.ANSWERED: IN_HAND,
    EventKind.DECLINED: OPEN,
    EventKind.FULFILLED: (*IN_HAND, *CLOSED),
    EventKind.CANCELLED: (*IN_HAND, *CLOSED),
    EventKind.RESTRICTED: (*OPEN, *CLOSED, Status.WITHDRAWN),
    EventKind.OPENED_UP: (*OPEN, *CLOSED, Status.WITHDRAWN),
    EventKind.ASSIGNED: OPEN,
    EventKind.NOTE: tuple(Status),
    EventKind.TOPIC_CHANGED: tuple(Status),
    EventKind.NOT_PUBLISHED: PUBLIC,
    EventKind.MERGED: IN_HAND,
    EventKind.SEPARATED: (Status.MERGED,),
    EventKind.REPLY: (*OPEN, Status.MERGED),
    EventKind.WITHDRAWN: (*OPEN, Status.MERGED),
    EventKind.RATED: CLOSED,
    EventKind.REOPENED: CLOSED,
}


class SuggestionTransitions(models.Model):
    """The transitions of one suggestion; one that is not allowed raises ValidationError."""

    now = staticmethod(timezone.now)  # demo suggestions have a past

    class Meta:
        abstract = True

    def today(self):
        return timezone.localdate(self.now())

    def record(self, kind, text="", *, staff=None, key=None, staging_hash="", former="", **values):
        """Write an event with the files staged under `staging_hash`, and queue an email about it.

        Nothing is sent from quarantine, the state now or the `former` one: the address in the form
        may be a stranger's.
        """
        event = Event(
            suggestion=self,
            kind=kind,
            text=text,
            staff=staff,
            key=key or uuid4(),
            **{"happened_at": self.now(), **values},
        )
        staged = Attachment.objects.staged(staging_hash)
        with transaction.atomic(savepoint=False):
            files = list(staged) if staging_hash else []
            HistoryHead.append(event, files)
            if files:
                staged.attach_to(event)
            if Status.QUARANTINE not in (self.status, former):
                self.queue_mail(event)
        return event

    def queue_mail(self, event):
        """Add an email about the event to the outbox, if its author is to be notified of it."""
        if self.email and event.kind in MAILED:
            Mail.objects.create(event=event)

    def why_not_allowed(self, kind, staff=None):
        """Why a transition of this kind is not allowed now, as a sentence; "" if it is.

        `staff` is None for authors and for the portal itself.
        """
        if staff and not may_act(staff, kind):
            return f"У вас нет права на действие «{EventKind(kind).label}»."
        if self.status not in ALLOWED_STATES[kind]:
            return (
                f"Пока страница была открыта, всё изменилось: предложение теперь в состоянии "
                f"«{self.public_status}», и сделать это уже нельзя."
            )
        if self.erased_at:
            return "Личные данные предложения уничтожены: напишите новое или позвоните нам."
        if kind == EventKind.EXTENDED and self.is_extended:
            return "Срок уже продлевали: второй раз продлить его нельзя."
        if kind == EventKind.REPLY and self.events.filter(kind=kind).count() >= MAX_REPLIES:
            return "Переписка стала слишком длинной. Позвоните нам или напишите новое предложение."
        if kind == EventKind.REOPENED and self.is_reopened:
            return "Предложение уже возобновляли. Напишите новое или позвоните нам."
        if kind in (EventKind.FULFILLED, EventKind.CANCELLED) and not self.has_open_promise:
            return "Открытого обещания у предложения нет."
        if kind in (EventKind.RESTRICTED, EventKind.OPENED_UP) and self.is_restricted == (
            kind == EventKind.RESTRICTED
        ):
            return "Предложение уже в этой очереди."
        return ""

    # Staff --------------------------------------------------------------------------------------

    def take_up(self, staff):
        """Start work on it; who may answer becomes responsible if nobody is."""
        self._change(
            EventKind.TAKEN_UP,
            staff=staff,
            status=Status.IN_PROGRESS,
            responsible=lambda: (
                self.responsible or (staff if staff and may_answer(staff) else None)
            ),
        )

    def assign(self, person, staff):
        """Make a member of staff responsible who may answer it; None: nobody is."""
        if person:
            self.check_responsible(person)
        name = full_name(person) if person else "не назначен"
        objection = f"Ответственный и сейчас такой: {name}. Выберите другого."
        self._change(
            EventKind.ASSIGNED,
            name,
            staff=staff,
            responsible=lambda: require_change(person, self.responsible, objection),
        )

    def check_responsible(self, person):
        """Raise ValidationError if the person may not answer it."""
        readable = type(self).objects.visible_to(person)
        is_hidden = self.is_restricted and not readable.filter(pk=self.pk).exists()
        if is_hidden or not may_answer(person):
            raise ValidationError(f"{full_name(person)} не может отвечать на это предложение.")

    def change_topic(self, topic, staff):
        """Move it to another topic; who is responsible stays."""
        change = f"{self.topic} → {topic}"
        objection = f"Тема и сейчас «{topic}». Выберите другую."
        self._change(
            EventKind.TOPIC_CHANGED,
            change,
            staff=staff,
            topic=lambda: require_change(topic, self.topic, objection),
        )

    def note(self, text, staff):
        """Keep words for colleagues; the author never reads them."""
        self._change(EventKind.NOTE, text, staff=staff)

    def release(self, staff):
        """Release it from quarantine; the author gets the confirmation only now."""
        with transaction.atomic():
            self._change(EventKind.RELEASED, staff=staff, status=Status.RECEIVED)
            self.queue_mail(self.events.get(kind=EventKind.RECEIVED))

    def ask(self, question, staff):
        """Ask the author a question and wait for the reply."""
        self._change(EventKind.QUESTION, question, staff=staff, status=Status.WAITING)

    def forward(self, to_whom, staff):
        """Forward it to those who decide; 59-ФЗ (статья 8): within seven days and with a notice."""
        self._change(EventKind.FORWARDED, to_whom, staff=staff, status=Status.IN_PROGRESS)

    def extend(self, reason, staff, days=EXTENSION_DAYS):
        """Extend the term once and with a reason; 59-ФЗ, статья 12."""
        if not 1 <= days <= EXTENSION_DAYS:
            raise ValidationError(f"Срок продлевают на 1–{EXTENSION_DAYS} дней, а не на {days}.")
        self._change(
            EventKind.EXTENDED,
            reason,
            staff=staff,
            limit_on=lambda: answer_limit(self.limit_on, days),
            due_on=self.current_target,
            is_extended=True,
        )

    def restrict(self, staff):
        """Move it to the queue that only staff with a special permission read."""
        self._change(EventKind.RESTRICTED, staff=staff, is_restricted=True, duplicate_of=None)

    def open_up(self, staff):
        """Move it back to the common queue."""
        self._change(EventKind.OPENED_UP, staff=staff, is_restricted=False)

    def note_reading(self, kind, staff):
        """Record a reading, of each person at most once an hour."""
        since = self.now() - ONE_READING
        readings = self.events.filter(kind=kind, staff=staff, happened_at__gt=since)
        if readings.exists():
            return
        with transaction.atomic():
            type(self).objects.select_for_update().get(pk=self.pk)
            if not readings.all().exists():
                self.record(kind, staff=staff)

    def note_restricted(self, staff):
        """Record that a member of staff reads it, if it is in the restricted queue."""
        if self.is_restricted:
            self.note_reading(EventKind.READ, staff)

    # The author ---------------------------------------------------------------------------------

    def escalate(self):
        """Move a suggestion that mentions harm to the restricted queue.

        It stays in quarantine: no email is sent until staff have read and released it.
        """
        if not self.is_restricted:
            self.restrict(None)

    def reply(self, text, key, staging_hash=""):
        """Reply to staff, or add something while it is open; returns the event."""
        return self._change(
            EventKind.REPLY,
            text,
            key=key,
            staging_hash=staging_hash,
            status=lambda: Status.IN_PROGRESS if self.status == Status.WAITING else self.status,
        )

    def withdraw(self, key):
        """Withdraw it; its number and history stay."""
        self._change(EventKind.WITHDRAWN, key=key, status=Status.WITHDRAWN)

    def rate(self, rating, key):
        """Rate the answer: 3, 2 or 1 of `Rating`; a later rating replaces it."""
        if rating not in self.Rating.values:
            raise ValidationError("Выберите одну из трёх оценок.")
        self._change(EventKind.RATED, self.Rating(rating).label, key=key, rating=rating)

    def reopen(self, reason, key):
        """Reopen it, once; the term of the answer restarts."""
        self._change(
            EventKind.REOPENED,
            reason,
            key=key,
            status=Status.IN_PROGRESS,
            is_reopened=True,
            decision="",
            rating=None,
            duplicate_of=None,
            answered_at=None,
            limit_on=lambda: answer_limit(self.today(), self.topic.answer_days),
            due_on=self.current_target,
        )

    def _change(self, kind, text="", *, staff=None, key=None, staging_hash="", **values):
        """Write the values and the event if the stored row allows it; a known key changes nothing.

        A value that depends on the stored row is given as a function, called under the lock.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if key and (earlier := Event.objects.filter(key=key, suggestion=self).first()):
                return earlier
            if objection := self.why_not_allowed(kind, staff):
                raise ValidationError(objection)
            text, former = clean_text(kind, text), self.status
            for name, value in values.items():
                setattr(self, name, value() if callable(value) else value)
            self.save(update_fields=[*values, "answered_at", *CLOCK])
            about = {"staff": staff, "key": key, "staging_hash": staging_hash}
            return self.record(kind, text, former=former, **about)


def require_change(new, stored, objection):
    """The new value; ValidationError if it is the stored one, for nothing would happen."""
    if new == stored:
        raise ValidationError(objection)
    return new


def clean_text(kind, text):
    """The text of an event of this kind, stripped; raises ValidationError if it is not valid."""
    text = normalize(text)
    if kind in WITH_TEXT and not text:
        readers = "сотрудники увидят" if kind in INTERNAL else "автор увидит"
        raise ValidationError(f"Напишите текст: {readers} его в истории предложения.")
    if len(text) > Event.TEXT_LENGTH:
        raise ValidationError(f"Сократите текст до {Event.TEXT_LENGTH} знаков: сейчас {len(text)}.")
    if "\0" in text:
        raise ValidationError("В тексте есть недопустимый знак: удалите его.")
    return text
