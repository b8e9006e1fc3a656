"""Answers of staff: decision, promise and what became of it."""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from college_site.pages.absolute_urls import absolute_url
from college_site.templatetags.typography import NBSP, full_date
from feedback.models.answers.promises import Promise
from feedback.models.workflow.act_steps import UNDO_TIME
from feedback.models.workflow.states import MAY_PROMISE, Decision, EventKind, PromiseState, Status
from feedback.models.workflow.transitions import SuggestionTransitions, clean_text

LONGEST_PROMISE = timedelta(days=3 * 365)
PLACEHOLDER = re.compile(r"\{[^{}\n]{1,40}\}")
PROMISED = " Обещание до "  # in the text of the event, before the day
NO_PROMISE = "Предложение рассмотрели ещё раз: в новом ответе этого обещания нет."


class AnswerTransitions(SuggestionTransitions):
    """The transitions that close a suggestion, and those of the promise after that."""

    class Meta:
        abstract = True

    @property
    def has_open_promise(self):
        return hasattr(self, "promise") and self.promise.is_open

    def give_answer(self, answer, staff, *, decision="", promise=None, staging_hash=""):
        """Close it with an answer and its decision; `promise` is (what, by which day).

        A refusal is told as one: with the decision DECLINED it is the same as decline().
        """
        if decision == Decision.DECLINED and not promise:
            return self.decline(answer, staff, staging_hash=staging_hash)
        if decision not in ("", *Decision.values):
            raise ValidationError("Выберите решение из списка.")
        promise = promise and self.clean_promise(decision, *promise)
        return self._close(
            EventKind.ANSWERED, answer, staff, decision, promise, staging_hash=staging_hash
        )

    def decline(self, explanation, staff, *, staging_hash=""):
        """Close it with an explanation."""
        return self._close(
            EventKind.DECLINED, explanation, staff, Decision.DECLINED, staging_hash=staging_hash
        )

    def clean_promise(self, decision, text, due_on):
        """The promise as it is stored; raises ValidationError if it is not valid."""
        text = " ".join(clean_text(EventKind.DECIDED, text).split())
        if decision not in MAY_PROMISE:
            raise ValidationError("Обещание возможно, если предложение принято или принято частью.")
        if len(text) > Promise.TEXT_LENGTH:
            raise ValidationError(f"Сократите обещание до {Promise.TEXT_LENGTH} знаков.")
        if not self.today() <= due_on <= self.today() + LONGEST_PROMISE:
            raise ValidationError("День обещания — сегодня или позже, но не дальше трёх лет.")
        refuse_placeholders(text)
        return text, due_on

    def _close(self, kind, text, staff, decision, promise=None, *, staging_hash=""):
        """Write what was decided right before the event of the answer, see decision_of()."""
        text = clean_text(kind, text)
        refuse_placeholders(text)
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if objection := self.why_not_allowed(kind, staff):
                raise ValidationError(objection)
            if self.has_open_promise and not promise:
                self.cancel_promise(NO_PROMISE, staff)
            if decision and kind == EventKind.ANSWERED:
                words = describe_decision(decision, promise and self.store_promise(*promise))
                self.record(EventKind.DECIDED, words, staff=staff)
            return self._change(
                kind,
                text,
                staff=staff,
                staging_hash=staging_hash,
                status=Status.ANSWERED if kind == EventKind.ANSWERED else Status.DECLINED,
                answer=text,
                decision=decision,
                answered_at=self.now(),
            )

    def store_promise(self, text, due_on):
        """Make it the promise of the suggestion, instead of one of an earlier answer."""
        fields = {"text": text, "due_on": due_on, "promised_on": self.today()}
        unclosed = {"state": PromiseState.OPEN, "closed_on": None, "result": ""}
        promise, _ = Promise.objects.update_or_create(
            suggestion=self, defaults={**fields, **unclosed, "result_post": None}
        )
        return promise

    def fulfil_promise(self, result, staff, post=None):
        """Say what was done, with the published post about it or None."""
        words = describe_result(result, post)
        self._close_promise(EventKind.FULFILLED, PromiseState.FULFILLED, words, result, staff, post)

    def cancel_promise(self, explanation, staff):
        """Say why it will not be done."""
        state = PromiseState.CANCELLED
        self._close_promise(EventKind.CANCELLED, state, explanation, explanation, staff)

    def _close_promise(self, kind, state, words, result, staff, post=None):
        result = clean_text(kind, result)
        refuse_placeholders(result)
        longest = Promise._meta.get_field("result").max_length
        if len(result) > longest:
            raise ValidationError(f"Сократите текст до {longest} знаков: сейчас {len(result)}.")
        with transaction.atomic():
            self._change(kind, words, staff=staff)
            promise = self.promise
            promise.state, promise.result, promise.result_post = state, result, post
            promise.closed_on = self.today()
            promise.tell_at = self.now() + UNDO_TIME
            promise.save()


def decision_of(event):
    """The event of the decision that belongs to that of an answer, or None."""
    decided = event.suggestion.events.filter(kind=EventKind.DECIDED)
    return decided.filter(position=event.position - 1).first()


def describe_decision(decision, promise=None):
    """What the event of a decision says."""
    words = f"{Decision(decision).label}."
    if promise:
        words += f"{PROMISED}{full_date(promise.due_on).replace(NBSP, ' ')}: {promise.text}"
    return words


def describe_result(result, post):
    """What the event of a result says; `post` is the published post or None."""
    result = clean_text(EventKind.FULFILLED, result)
    return f"{result}\n\nПодробнее: {absolute_url(post.get_absolute_url())}" if post else result


def refuse_placeholders(text):
    """Raise ValidationError if the text still has a placeholder of a prepared answer."""
    if found := PLACEHOLDER.search(text):
        raise ValidationError(f"В тексте осталась подстановка {found[0]}: замените её словами.")
