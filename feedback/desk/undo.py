"""Performs an act so that it can be taken back for a minute, until its letters are sent.

The history is never rewritten: an event of the kind UNDONE names the event that it takes back. The
author sees neither, and until the minute is over the page of the author is as before the act.
"""

import json

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.desk.drafts import put_draft
from feedback.history.links import undo_key
from feedback.models import ActStep, Event, HistoryHead, Mail, Promise, Suggestion
from feedback.models.workflow.act_steps import FIELDS, MINUTE, read_columns
from feedback.models.workflow.states import BY_AUTHOR, READINGS

TOO_LATE = "Отменить уже нельзя: минута прошла."
CHANGED = "Отменить уже нельзя: с тех пор с предложением сделали что-то ещё."
SENT = "Отменить уже нельзя: письмо автору отправлено."


def perform_act(act):
    """Perform a valid act, remember what was before, and let its letters wait for a minute."""
    with transaction.atomic():
        suggestion, now = act.suggestion, timezone.now()
        stored = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        before, position = read_columns(stored), HistoryHead.current().position
        act.perform()
        letters_since(suggestion, now).update(due_at=now + MINUTE)
        step = {
            "staff": act.staff,
            "act": act.name(),
            "entries": json.dumps(act.entries(), ensure_ascii=False),
            "before": before,
            "position": position,
            "performed_at": now,
        }
        ActStep.objects.filter(suggestion=suggestion).delete()
        if act.is_undoable:
            ActStep.objects.create(suggestion=suggestion, **step)


def letters_since(suggestion, moment):
    """The unsent letters to the author that were written since then."""
    return Mail.objects.filter(event__suggestion=suggestion, created_at__gte=moment, sent_at=None)


def find_step(staff, suggestion=None):
    """The latest act of the member of staff that can be undone, of this suggestion first."""
    steps = list(ActStep.objects.current().filter(staff=staff).select_related("suggestion"))
    own = [step for step in steps if suggestion and step.suggestion_id == suggestion.pk]
    return next(iter([*own, *steps]), None)


def undo(key, staff):
    """Take back the act of this key; returns its suggestion and "" or why that is impossible."""
    with transaction.atomic():
        steps = ActStep.objects.current().filter(key=key, staff=staff)
        step = steps.first()
        if step is None:
            return None, TOO_LATE
        suggestion = Suggestion.objects.select_for_update().get(pk=step.suggestion_id)
        if not steps.all().exists():  # the same person has undone it or gone on, in another tab
            return suggestion, CHANGED
        events = events_since(suggestion, step)
        letters = Mail.objects.filter(
            event__suggestion=suggestion, created_at__gte=step.performed_at
        )
        letters = list(letters.select_for_update(of=("self",)))
        if not events or any(event.staff_id != staff.pk for event in events):
            return suggestion, CHANGED
        if any(letter.sent_at or letter.attempts for letter in letters):
            return suggestion, SENT
        take_back(suggestion, step, events, letters)
        return suggestion, ""


def take_back(suggestion, step, events, letters):
    """Restore the columns, drop the letters, and offer the words as a draft again."""
    Mail.objects.filter(pk__in=[letter.pk for letter in letters]).delete()
    step.put_back(suggestion)
    suggestion.save(update_fields=FIELDS)
    if hasattr(suggestion, "promise"):
        suggestion.promise.save()
    else:
        Promise.objects.filter(suggestion=suggestion).delete()
    for event in events:
        suggestion.record(
            Event.Kind.UNDONE, staff=step.staff, key=undo_key(event.key), undoes=event
        )
    if entries := json.loads(step.entries):
        put_draft(suggestion, step.staff, step.act, entries)
    step.delete()


def events_since(suggestion, step):
    """What happened since the act and with it, the newest first; readings do not count."""
    events = suggestion.events.filter(position__gt=step.position).exclude(kind__in=READINGS)
    return list(events.order_by("-position"))


def events_for_author(suggestion):
    """The events that the author may read now.

    Within the minute the suggestion gets its columns of before: they are not to be saved.
    """
    events = suggestion.events.for_author()
    if step := show_before(suggestion):
        events = events.filter(Q(position__lte=step.position) | Q(kind__in=BY_AUTHOR))
    return events


def show_before(suggestion):
    """Give it the columns of before an act that authors do not see yet; returns its step or None.

    The columns are not to be saved.
    """
    step = ActStep.objects.current().filter(suggestion=suggestion).first()
    if step is None or any(event.is_by_author for event in events_since(suggestion, step)):
        return None
    step.put_back(suggestion)
    return step


def promise_for_author(suggestion):
    """The promise that the author may read now, or None: of a duplicate that of its original."""
    if not suggestion.shares_promise:
        return getattr(suggestion, "promise", None)
    original = suggestion.duplicate_of
    show_before(original)
    is_hidden = original.is_restricted or original.erased_at
    return None if is_hidden else getattr(original, "promise", None)
