"""Verifies the whole history, event by event, in bounded memory."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from feedback.history.links import CONTENTS, START, commit, compute_link, list_contents, undo_key
from feedback.models import Event, HistoryHead, Promise, Suggestion
from feedback.models.workflow.answering import PROMISED
from feedback.models.workflow.states import (
    CLOSING,
    ERASED_TEXT,
    ERASURES,
    Decision,
    PromiseState,
    Status,
)

BATCH = 500


class BrokenLink(Exception):
    """The first event that does not fit what comes before it, or a row that belongs to none."""


@dataclass
class Verified:
    """What was found: `erased` events have no content any more, only commitments."""

    events: int = 0
    erased: int = 0
    link: str = START


def verify_history(anchors=()):
    """Check every event up to the head; returns Verified or raises BrokenLink.

    `anchors` are pairs of a position and a link that somebody noted earlier, as signed receipts do.
    """
    head, noted, found = HistoryHead.current(), dict(anchors), Verified()
    for event in iterate_events(head.position):
        check_event(event, found)
        expected = noted.pop(event.position, event.link)
        compare(event, "link noted in a receipt or a letter", expected, event.link)
        found.events, found.link = event.position, event.link
        found.erased += not event.text_salt
    check_end(head, found, noted)
    check_suggestions()
    return found


def iterate_events(last):
    """Yield the events up to a position, in batches: a long reading would keep SQLite's log."""
    rows = Event.objects.filter(position__lte=last).order_by("position")
    rows = rows.select_related("suggestion__consent", "undoes").prefetch_related("attachments")
    position = -1
    while batch := list(rows.filter(position__gt=position)[:BATCH]):
        yield from batch
        position = batch[-1].position


def check_event(event, found):
    """Check the event that comes after `found`; read it once more if it seems wrong.

    It may have been erased between the query of the events and that of their files.
    """
    try:
        check_row(event, found)
    except BrokenLink:
        with transaction.atomic():
            locked = Event.objects.select_for_update().filter(pk=event.pk).first()
            check_row(locked or event, found)


def check_row(event, found):
    compare(event, "place in the history", found.events + 1, event.position)
    contents = list_contents(event, event.attachments.all())
    for name in CONTENTS:
        salt, commitment = getattr(event, f"{name}_salt"), getattr(event, f"{name}_commitment")
        if name not in contents:
            compare(event, f"commitment to {name}", "", salt + commitment)
        elif salt:
            compare(event, f"commitment to {name}", commitment, commit(salt, contents[name]))
        else:
            check_erased(event, name, contents[name])
    if event.undoes:
        compare(event, "key", str(undo_key(event.undoes.key)), str(event.key))
    compare(event, "link", event.link, compute_link(found.link, event))


def check_erased(event, name, content):
    """A salt is missing where an event that follows says that the content was erased."""
    following = Event.objects.filter(suggestion=event.suggestion_id, position__gt=event.position)
    if not following.filter(kind__in=ERASURES[name]).exists():
        raise BrokenLink(describe(event, f"salt of {name}", "a salt or an event of erasure", ""))
    rest = {
        "text": [[], "", ERASED_TEXT, event.suggestion.role],
        "person": [None],
        "contact": [["", None, None]],
    }
    parts = content if name == "text" else [content]
    if not all(part in rest[name] for part in parts):
        raise BrokenLink(describe(event, f"erased {name}", "nothing", "some content"))


def check_end(head, found, noted):
    if found.events != head.position:
        raise BrokenLink(
            f"After event {found.events}: expected {head.position} events, found {found.events}."
        )
    if found.link != head.link:
        raise BrokenLink(f"Head: expected link {head.link}, found {found.link}.")
    last = HistoryHead.objects.values("position")
    if stray := Event.objects.filter(position__gt=Subquery(last)).order_by("position").first():
        raise BrokenLink(describe(stray, "place in the history", "nothing after the head", "this"))
    if noted:
        raise BrokenLink(
            f"After event {found.events}: expected event {min(noted)}, which a receipt or a letter "
            "notes, found none."
        )


def check_suggestions():
    """Each suggestion has the event of its receipt, and shows the answer of its history."""
    received = Event.objects.filter(suggestion=OuterRef("pk"), kind=Event.Kind.RECEIVED)
    if stray := Suggestion.objects.filter(~Exists(received)).first():
        raise BrokenLink(
            f"Suggestion {stray.number}: expected the event of its receipt, found none."
        )
    answered = Suggestion.objects.annotate(latest=latest_text("pk", *CLOSING))
    if changed := answered.exclude(answer=F("latest")).first():
        raise BrokenLink(f"Suggestion {changed.number}: expected the answer of its last event.")
    check_decisions()


def check_decisions():
    """Decisions and promises are those of the history, as long as it has their words."""
    answered = Suggestion.objects.filter(erased_at=None, status=Status.ANSWERED)
    answered = answered.annotate(latest=latest_text("pk", Event.Kind.DECIDED))
    promises = Promise.objects.filter(suggestion__erased_at=None).annotate(
        promised=latest_text("pk", Event.Kind.DECIDED, text__contains=PROMISED),
        closed=latest_text("pk", Event.Kind.FULFILLED, Event.Kind.CANCELLED),
    )
    fits = Q(decision="")
    for decision in (Decision.ACCEPTED, Decision.PARTLY, Decision.ALREADY):
        fits |= Q(decision=decision, latest__startswith=f"{decision.label}.")
    is_closed = Q(state=PromiseState.OPEN) | Q(closed__startswith=F("result"))
    changed = promises.exclude(Q(promised__endswith=F("text")) & is_closed)
    if row := answered.exclude(fits).first() or changed.first():
        number = getattr(row, "suggestion", row).number
        raise BrokenLink(f"Suggestion {number}: expected decision and promise of its history.")


def latest_text(key, *kinds, **lookups):
    """The text of the newest event of these kinds, "" without one, as an expression."""
    lookups |= {"kind__in": kinds, "undone_by": None}
    events = Event.objects.filter(suggestion=OuterRef(key), **lookups)
    text = Subquery(events.order_by("-position").values("text")[:1])
    return Coalesce(text, Value(""), output_field=TextField())


def compare(event, what, expected, found):
    if expected != found:
        raise BrokenLink(describe(event, what, expected, found))


def describe(event, what, expected, found):
    return (
        f"Event {event.position} of suggestion {event.suggestion.number}, {what}: "
        f"expected {expected or 'nothing'}, found {found or 'nothing'}."
    )
