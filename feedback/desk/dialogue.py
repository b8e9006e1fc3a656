"""The history of a suggestion as a dialogue: who speaks, and who may read it."""

from typing import NamedTuple

from feedback.models import Event
from feedback.models.workflow.access import full_name
from feedback.models.workflow.states import INTERNAL

Kind = Event.Kind


class Turn(NamedTuple):
    """One event. `side`: "author", "staff", "note" (only staff see it) or "step" (no words)."""

    event: Event
    side: str
    who: str
    files: list
    letter: str
    is_undone: bool


def list_turns(suggestion):
    """All events, the oldest first, in two queries however many there are."""
    events = suggestion.events.select_related("staff", "mail").prefetch_related("attachments")
    undone = {event.undoes_id for event in events}
    return [describe_turn(event, is_undone=event.pk in undone) for event in events]


def describe_turn(event, *, is_undone):
    letter = event.mail.state if hasattr(event, "mail") else ""
    return Turn(
        event=event,
        side=side_of(event),
        who=name_author_of(event),
        files=[*event.attachments.all()],
        letter=letter,
        is_undone=is_undone,
    )


def side_of(event):
    if event.kind == Kind.NOTE:
        return "note"
    if not event.text or event.kind in INTERNAL:
        return "step"
    return "author" if event.is_by_author else "staff"


def name_author_of(event):
    if event.is_by_author:
        return f"Автор, внёс сотрудник {full_name(event.staff)}" if event.staff else "Автор"
    return full_name(event.staff) if event.staff else "Портал"
