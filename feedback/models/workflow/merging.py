"""Duplicates: a suggestion that waits for the answer to another one, its original.

A transaction that locks two suggestions locks the register first: single rows are locked after it,
so two such transactions never wait for each other.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from feedback.models.answers.promises import Promise
from feedback.models.letters.mails import Mail
from feedback.models.register import Register
from feedback.models.workflow.act_steps import UNDO_TIME, ActStep
from feedback.models.workflow.answering import PROMISED, decision_of
from feedback.models.workflow.states import (
    CLOSED,
    CLOSING,
    IN_HAND,
    RESULTS,
    EventKind,
    Status,
)
from feedback.models.workflow.transitions import CLOCK, SuggestionTransitions

MERGED_TEXT = (
    "О том же уже написали: рассмотрим вместе с предложением № {}. Ответ придёт и вам, ваши слова "
    "и адрес другому автору не видны. Если ваше о другом, напишите об этом: рассмотрим отдельно."
)
SEPARATED_TEXT = "Предложение снова рассматривается отдельно, срок ответа прежний."
UNKNOWN_NUMBER = "Предложения с таким номером нет среди тех, которые вы видите."
RESTRICTED = "Предложения из закрытой очереди не объединяют: на каждое отвечают отдельно."


class MergingTransitions(SuggestionTransitions):
    """Merging with an original and what follows of it."""

    class Meta:
        abstract = True

    def merge(self, original, staff):
        """Let it wait for the answer to the original; with a duplicate: to that one's original."""
        with transaction.atomic():
            Register.lock()
            rows = type(self).objects.select_for_update()
            original = rows.get(pk=original.duplicate_of_id or original.pk)
            if objection := self.why_not_merged(original, staff):
                raise ValidationError(objection)
            forget_steps(self, original)
            self.duplicates.update(duplicate_of=original)
            self._change(
                EventKind.MERGED,
                MERGED_TEXT.format(original.number),
                staff=staff,
                status=Status.MERGED,
                duplicate_of=original,
            )
            original.record(EventKind.JOINED, str(self), staff=staff, happened_at=self.now())

    def why_not_allowed(self, kind, staff=None):
        if kind == EventKind.MERGED and self.is_restricted:
            return RESTRICTED
        return super().why_not_allowed(kind, staff)

    def why_not_merged(self, original, staff):
        """Why it cannot wait for the answer to this original, as a sentence; "" if it can."""
        if original.pk == self.pk:
            return "Это то же предложение или уже присоединённое к нему: впишите номер другого."
        rows = type(self).objects
        if staff and not rows.visible_to(staff).filter(pk=original.pk).exists():
            return UNKNOWN_NUMBER
        if self.is_restricted or original.is_restricted:
            return RESTRICTED
        if original.status in CLOSED:
            return f"На {original} уже ответили. Откройте его и ответьте здесь теми же словами."
        if original.status not in IN_HAND:
            return (
                f"{original} не рассматривают: оно в состоянии «{original.get_status_display()}»."
            )
        if hasattr(self, "publication"):
            return (
                f"У этого предложения есть публичный ответ. Откройте {original} и объедините его "
                f"с {self}, а не наоборот."
            )
        return ""

    def separate(self, staff=None):
        """Take it apart from its original while it has no answer; it is new on the desk."""
        with transaction.atomic():
            Register.lock()
            original = self._lock_original()
            self._change(
                EventKind.SEPARATED,
                SEPARATED_TEXT,
                staff=staff,
                status=Status.RECEIVED,
                duplicate_of=None,
            )
            self.drop_unsent_letters()
            if original:
                forget_steps(self, original)
                original.record(EventKind.LEFT, str(self), staff=staff, happened_at=self.now())

    def drop_unsent_letters(self):
        """Of a merging that is taken back before its letter was sent, the author gets none."""
        letters = Mail.objects.filter(event__suggestion=self, sent_at=None, attempts=0)
        merged = letters.filter(event__kind=EventKind.MERGED)
        if unsent := [letter.pk for letter in merged.select_for_update(of=("self",))]:
            Mail.objects.filter(pk__in=unsent).delete()
            letters.filter(event__kind=EventKind.SEPARATED).delete()

    def _lock_original(self):
        """The stored row of its original, locked; None if it has none. Lock the register first."""
        self.refresh_from_db(fields=["duplicate_of"])
        rows = type(self).objects.select_for_update()
        return rows.filter(pk=self.duplicate_of_id).first()

    def reply(self, text, key, staging_hash=""):
        """Reply to staff or add something; what waited as a duplicate is read on its own again."""
        with transaction.atomic():
            Register.lock()
            self.refresh_from_db(fields=["status"])
            if self.status == Status.MERGED:
                self.separate()
            return super().reply(text, key, staging_hash)

    def settle(self):
        """Do with a duplicate what the end of its original asks for.

        It gets the answer; without one, and across queues, it returns to the desk.
        """
        with transaction.atomic():
            Register.lock()
            original = self._lock_original()
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if self.status != Status.MERGED or not has_ended(original, self.now()):
                return
            if original.status in CLOSED and not (original.is_restricted or original.erased_at):
                self._close_with(original)
            else:
                self.separate()

    def _close_with(self, original):
        answer = original.events.filter(kind__in=CLOSING).order_by("-position").first()
        forget_steps(self)
        self.status, self.decision = original.status, original.decision
        self.answer, self.answered_at = original.answer, self.now()
        self.save(update_fields=["status", "decision", "answer", "answered_at", *CLOCK])
        if decided := decision_of(answer):
            self.record(decided.kind, decided.text, staff=decided.staff)
        self.record(answer.kind, answer.text, staff=answer.staff)

    @property
    def shares_promise(self):
        """Whether the answer that it got from its original came with a promise."""
        if not self.duplicate_of_id:
            return False
        decided = self.events.filter(kind=EventKind.DECIDED).order_by("-position").first()
        return decided is not None and PROMISED in decided.text

    def pass_on_result(self):
        """Tell the authors of duplicates once what came of the promise that they read."""
        with transaction.atomic():
            Register.lock()
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            due = Promise.objects.filter(suggestion=self, tell_at__lte=self.now())
            if not due.update(tell_at=None) or self.is_restricted or self.erased_at:
                return
            for waiting in self.duplicates.filter(waiting_for_ended(self.now())):
                waiting.settle()
            results = self.events.filter(kind__in=RESULTS, undone_by=None)
            result = results.order_by("-position").first()
            told = self.duplicates.filter(status__in=CLOSED, erased_at=None).order_by("pk")
            for duplicate in told.select_for_update():
                if duplicate.shares_promise:
                    duplicate.record(result.kind, result.text, staff=result.staff)


def forget_steps(*suggestions):
    """Acts from before cannot be undone: that would restore columns that do not fit any more."""
    ActStep.objects.filter(suggestion__in=suggestions).delete()


def has_ended(original, now):
    """Whether the original has an answer that stays, or will get none."""
    if original.status in CLOSED and original.answered_at > now - UNDO_TIME:
        return False
    is_over = original.status in (*CLOSED, Status.WITHDRAWN)
    return is_over or original.is_restricted or original.erased_at is not None


def waiting_for_ended(now):
    """The condition of duplicates whose original has ended."""
    path = "duplicate_of__"
    ended = Q(**{f"{path}status": Status.WITHDRAWN}) | Q(**{f"{path}is_restricted": True})
    answered = {f"{path}status__in": CLOSED, f"{path}answered_at__lte": now - UNDO_TIME}
    return Q(status=Status.MERGED) & (ended | Q(**answered))
