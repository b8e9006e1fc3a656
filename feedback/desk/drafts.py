"""What staff have written and not sent, and who else has a suggestion open."""

import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from feedback.models import ActDraft, ActStep, Event, Suggestion
from feedback.models.workflow.access import full_name

MAX_BYTES = 200_000
UNREADABLE = "Страница прислала не то, что ожидалось. Обновите её."
TOO_LARGE = "Слишком много текста для черновика: отправьте его или сократите."


def read_message(request):
    """(user's key, open act, whether the page was left, {act: entries or None}) of a script."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    try:
        sent = json.loads(request.body)
        entries = sent.get("entries") or {}
        texts = [value for values in entries.values() for value in (values or {}).items()]
        names = [sent.get("act", ""), *entries]
    except (ValueError, RecursionError, AttributeError, TypeError):
        raise ValidationError(UNREADABLE) from None
    parts = [*names, *(part for pair in texts for part in pair)]
    if not all(isinstance(part, str) for part in parts) or max(map(len, names)) > 20:
        raise ValidationError(UNREADABLE)
    return sent.get("user"), sent.get("act", ""), bool(sent.get("left")), entries


def store_draft(suggestion, user, act="", *, entries=None, left=False):
    """Store what an open page sends: entries of acts, or only that it is still open.

    Raises Suggestion.DoesNotExist if it was erased meanwhile: its drafts are not to come back.
    """
    with transaction.atomic():
        Suggestion.objects.select_for_update().get(pk=suggestion.pk, erased_at=None)
        draft = lock_draft(suggestion, user)
        step = ActStep.objects.current().filter(suggestion=suggestion, staff=user).first()
        if step and entries and step.is_about(entries):
            entries = {**entries, step.act: None}  # it came later than the form itself
        if entries:
            draft.write(entries)
        draft.act, draft.is_open, draft.seen_at = act, not left, timezone.now()
        draft.save()
    return draft


def put_draft(suggestion, user, act, entries):
    """Put the entries of one act into the draft; whether the page is open stays."""
    with transaction.atomic():
        draft = lock_draft(suggestion, user)
        draft.write({act: entries})
        draft.save()


def drop_draft(suggestion, user, act):
    """Remove the entries of one act."""
    if suggestion.act_drafts.filter(user=user).exclude(entries="").exists():
        put_draft(suggestion, user, act, None)


def lock_draft(suggestion, user):
    drafts = ActDraft.objects.select_for_update()
    return drafts.get_or_create(suggestion=suggestion, user=user, defaults={"is_open": False})[0]


def split_drafts(suggestion, user):
    """(the user's draft or None, a sentence about each colleague whose page is open)."""
    drafts = list(suggestion.act_drafts.select_related("user"))
    own = next((draft for draft in drafts if draft.user_id == user.pk), None)
    others = [draft for draft in drafts if draft.user_id != user.pk and draft.is_present]
    return own, [describe_presence(draft) for draft in others]


def describe_presence(draft):
    name = full_name(draft.user)
    if draft.act in (Event.Kind.ANSWERED, Event.Kind.DECLINED):
        return f"Сейчас отвечает {name}."
    return f"Сейчас здесь {name}."


def delete_expired_desk_row():
    """Delete an act that cannot be undone any more, or an old draft; whether there was one."""
    for rows in (ActStep.objects.expired(), ActDraft.objects.expired()):
        if row := rows.first():
            row.delete()
            return True
    return False
