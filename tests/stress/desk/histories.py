"""What must hold of histories, whatever several people did at once and whenever the site died."""

from collections import Counter

from college_site.pages.absolute_urls import site_host
from feedback.history.verification import BrokenLink, verify_history
from feedback.models import Event, Mail, Suggestion
from feedback.models.workflow.answering import NO_PROMISE
from feedback.models.workflow.states import BY_AUTHOR, CLOSING, MAILED, OPEN, Status
from feedback.models.workflow.transitions import ALLOWED_STATES
from tests.stress.desk.people import Act

Kind = Event.Kind
AFTER = {  # the state of a suggestion after an event of this kind; others leave it as it is
    Kind.RECEIVED: Status.RECEIVED,
    Kind.QUARANTINED: Status.QUARANTINE,
    Kind.RELEASED: Status.RECEIVED,
    Kind.TAKEN_UP: Status.IN_PROGRESS,
    Kind.QUESTION: Status.WAITING,
    Kind.FORWARDED: Status.IN_PROGRESS,
    Kind.ANSWERED: Status.ANSWERED,
    Kind.DECLINED: Status.DECLINED,
    Kind.WITHDRAWN: Status.WITHDRAWN,
    Kind.REOPENED: Status.IN_PROGRESS,
    Kind.MERGED: Status.MERGED,
    Kind.SEPARATED: Status.RECEIVED,
}
PAIR = (Kind.MERGED, Kind.SEPARATED)
ONCE = (Kind.RECEIVED, Kind.EXTENDED, Kind.REOPENED, Kind.ERASED)
# Events with the words that were sent; the texts of others are the portal's.
WITH_OWN_WORDS = (
    Kind.QUESTION,
    Kind.REPLY,
    Kind.NOTE,
    Kind.FORWARDED,
    Kind.EXTENDED,
    Kind.ANSWERED,
    Kind.DECLINED,
    Kind.REOPENED,
    Kind.FULFILLED,
    Kind.CANCELLED,
)
BY_PEOPLE = (*WITH_OWN_WORDS, Kind.TAKEN_UP, Kind.ASSIGNED, Kind.WITHDRAWN, Kind.RATED, Kind.MERGED)


def find_faults(acknowledged, topics, *, is_complete):
    """The violated guarantees about the suggestions of these topics, as sentences.

    `is_complete`: all requests were answered, so nothing happened that was not acknowledged.
    """
    suggestions = Suggestion.objects.filter(pk__in=find_suggestions(acknowledged, topics))
    for suggestion in suggestions.order_by("pk"):
        own = [act for act in acknowledged if act.suggestion == suggestion.pk]
        yield from check_acts(suggestion, own, is_complete)
        yield from check_states(suggestion)
        yield from check_letters(suggestion)
    try:
        verify_history()
    except BrokenLink as error:
        yield f"the history is broken: {error}"


def write_missing_histories():
    """Give rows that were filled in as they are, without a transition, the events of one."""
    for row in Suggestion.objects.filter(events=None):
        row.record(Kind.RECEIVED, happened_at=row.received_at)
        if row.answer:
            row.record(Kind.ANSWERED, row.answer, happened_at=row.answered_at)


def find_suggestions(acknowledged, topics):
    keys = Suggestion.objects.filter(topic__in=topics).values_list("pk", flat=True)
    return {*keys, *(act.suggestion for act in acknowledged)}


def check_acts(suggestion, acknowledged, is_complete):
    """Each acknowledged act is one event, and no words are in two events."""
    is_erased = suggestion.erased_at is not None
    expected = Counter(forget(act) if is_erased else act for act in acknowledged)
    events = suggestion.events.filter(undoes=None).exclude(text=NO_PROMISE)
    found = Counter(describe(event, is_erased) for event in events)
    for act, times in (expected - found).items():
        yield f"{suggestion}: {times} lost acts: {act.kind} «{act.words}»"
    if is_complete:
        surplus = {act: times for act, times in (found - expected).items() if is_by_people(act)}
        for act, times in surplus.items():
            yield f"{suggestion}: {times} acts that nobody was told of: {act.kind} «{act.words}»"
    texts = Counter(event.text for event in events if event.kind in WITH_OWN_WORDS)
    for text, times in texts.items():
        if times > 1 and not is_erased:
            yield f"{suggestion}: «{text}» is in {times} events, expected 1"


def forget(act):
    """What is left of an act once its suggestion is erased."""
    return act._replace(staff=None, words="")


def describe(event, is_erased):
    words = event.text if event.kind in WITH_OWN_WORDS else ""
    act = Act(event.suggestion_id, event.kind, event.staff_id, words)
    return forget(act) if is_erased else act


def is_by_people(act):
    """Whether such an event comes from one request; a duplicate gets the answer by itself."""
    return act.kind in BY_PEOPLE and (act.kind in BY_AUTHOR or act.staff is not None)


def check_states(suggestion):
    """Replay the history: each event was allowed in the state before it."""
    state, before, kinds = Status.RECEIVED, {}, Counter()
    is_restricted = False
    events = suggestion.events.order_by("position").select_related("undoes", "undone_by")
    for event in events:
        before[event.pk] = state
        if event.kind == Kind.UNDONE:
            if event.staff_id != event.undoes.staff_id:
                yield f"{suggestion}: {event.undoes.kind} was taken back by somebody else"
            state = before[event.undoes_id]
            continue
        if state not in list_allowed(event.kind):
            yield f"{suggestion}: {event.kind} in the state {state}"
        state = next_state(event.kind, state)
        if hasattr(event, "undone_by"):
            continue
        kinds[event.kind] += 1
        if event.kind in (Kind.RESTRICTED, Kind.OPENED_UP):
            if is_restricted == (event.kind == Kind.RESTRICTED):
                yield f"{suggestion}: {event.kind} twice"
            is_restricted = event.kind == Kind.RESTRICTED
    for kind in ONCE:
        if kinds[kind] > 1:
            yield f"{suggestion}: {kinds[kind]} events {kind}, expected at most 1"
    if (state, is_restricted) != (suggestion.status, suggestion.is_restricted):
        yield (
            f"{suggestion}: the row says {suggestion.status}, restricted "
            f"{suggestion.is_restricted}; the history {state}, {is_restricted}"
        )


def list_allowed(kind):
    """The states in which an event of this kind may happen; a duplicate is closed as such."""
    allowed = ALLOWED_STATES.get(kind, Status.values)
    return (*allowed, Status.MERGED) if kind in CLOSING else allowed


def next_state(kind, state):
    if kind == Kind.REPLY and state == Status.WAITING:
        return Status.IN_PROGRESS
    if kind == Kind.ERASED and state in (*OPEN, Status.MERGED):
        return Status.WITHDRAWN
    return AFTER.get(kind, state)


def check_letters(suggestion):
    """One letter for each event that the author is told of; none for one taken back or erased.

    A merging that is taken apart before its letter was sent needs neither of the two letters.
    """
    mailed = suggestion.events.filter(kind__in=MAILED, undone_by=None)
    expected = set(mailed.values_list("pk", flat=True)) if suggestion.email else set()
    letters = Mail.objects.filter(event__suggestion=suggestion)
    written = Counter(letters.values_list("event", flat=True))
    found = set(written)
    if doubled := written.total() - len(written):
        yield f"{suggestion}: {doubled} letters are written twice"
    last = suggestion.events.filter(kind__in=PAIR).order_by("position").last()
    optional = suggestion.events.filter(kind__in=PAIR)
    if last and last.kind == Kind.MERGED:
        optional = optional.exclude(pk=last.pk)
    missing = expected - found - set(optional.values_list("pk", flat=True))
    if suggestion.erased_at is None and (missing or found - expected):
        yield (
            f"{suggestion}: {len(missing)} letters are missing, "
            f"{len(found - expected)} are too many"
        )
    if suggestion.erased_at and found:
        yield f"{suggestion}: {len(found)} letters remain, expected none: it is erased"


def check_mailbox(suggestions, taken):
    """What was sent stays said: the letter of each event that arrived, by Message-ID, is stored.

    Nothing arrived about an act that was taken back. Erasure destroys letters, too.
    """
    events = Event.objects.filter(suggestion__in=suggestions, suggestion__erased_at=None)
    for event in events.select_related("mail", "undone_by", "suggestion"):
        if not taken[f"<event-{event.key}@{site_host()}>"]:
            continue
        if hasattr(event, "undone_by"):
            yield f"{event.suggestion}: a letter told of {event.kind}, which was taken back"
        elif not hasattr(event, "mail"):
            yield f"{event.suggestion}: the letter about {event.kind} was sent and is not stored"
