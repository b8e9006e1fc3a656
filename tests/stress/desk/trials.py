"""Two members of staff and the author act on one suggestion at once, again and again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.utils import timezone

from feedback.mail.outbox import send_due
from feedback.models import Event, Mail, Suggestion
from feedback.models.workflow.states import CLOSED, IN_HAND, Status
from tests.stress import mail_day
from tests.stress.desk.histories import check_mailbox, find_faults
from tests.stress.desk.people import People, find_step
from tests.stress.visitor import TIMEOUT

ROUNDS = 20  # on one suggestion, unless it ends earlier
BEFORE_ANSWER = (*9 * (Event.Kind.REPLY,), Event.Kind.WITHDRAWN)  # of the author
AFTER_ANSWER = (Event.Kind.RATED, Event.Kind.REOPENED)
SAME_ACT = 0.3  # how often both members of staff do the same
SAME_PERSON = 0.2  # how often they are one person with two tabs, who undoes in one of them
AT_ONCE = 6  # two of staff, the author, a colleague and two workers


def desk_at_once(site, count):
    """(summary, faults) of `count` rounds, in each of which three people act on one suggestion.

    Meanwhile a colleague writes a note on another one, or merges it the other way round, and two
    workers send the letters, also those that should still wait: as if their clocks were ahead.
    """
    people = People(site, "Втроём сразу")
    suggestion, other, rounds = people.submit(), people.submit(), 0
    hold_other_letters(people.topics)
    with mail_day.Server() as server, ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in range(count):
            if rounds == ROUNDS or has_ended(suggestion):
                suggestion, rounds = people.submit(), 0
            if not Suggestion.objects.filter(pk=other.pk, status__in=IN_HAND).exists():
                other = people.submit()
            act_at_once(threads, people, suggestion, other)
            rounds += 1
        make_letters_due(people.topics)
        send_due_letters()
    suggestions = Suggestion.objects.filter(topic__in=people.topics)
    summary = (
        f"{count} rounds of three, {len(people.acknowledged)} acts acknowledged on "
        f"{suggestions.count()} suggestions, {server.taken.total()} letters; "
        f"{', '.join(f'{status}: {times}' for status, times in people.statuses.items())}"
    )
    return summary, list_faults(people, server, suggestions)


def hold_other_letters(topics):
    Mail.objects.exclude(event__suggestion__topic__in=topics).update(due_at=None)


def has_ended(suggestion):
    """Whether neither staff nor the author can do much with it."""
    suggestion.refresh_from_db()
    is_final = suggestion.status in CLOSED and suggestion.is_reopened
    return is_final or suggestion.status == Status.WITHDRAWN


def act_at_once(threads, people, suggestion, other):
    """Send one form of each person at the same moment and wait for all answers."""
    make_letters_due(people.topics)
    users, acts = choose_acts(people, suggestion, other)
    is_merged = any(kind == Event.Kind.MERGED for kind, _ in acts)
    kind = Event.Kind.MERGED if is_merged else Event.Kind.NOTE
    meanwhile = people.choose_staff_act(other, suggestion, [kind])
    author_kinds = AFTER_ANSWER if suggestion.status in CLOSED else BEFORE_ANSWER
    workers = Barrier(2, timeout=TIMEOUT)
    sent = [
        *(
            threads.submit(people.act_as_staff, user, suggestion, *act)
            for user, act in zip(users, acts, strict=True)
        ),
        threads.submit(people.act_as_author, suggestion, *people.choose_author_act(author_kinds)),
        threads.submit(people.act_as_staff, people.colleague, other, *meanwhile),
        *(threads.submit(send_due_letters, workers) for _ in range(2)),
    ]
    for future in sent:
        future.result()


def choose_acts(people, suggestion, other):
    """(two users, the act of each)."""
    generator = people.generator
    first = people.choose_staff_act(suggestion, other)
    second = people.choose_staff_act(suggestion, other)
    if generator.random() < SAME_ACT:
        second = people.choose_staff_act(suggestion, other, [first[0]])
    if generator.random() > SAME_PERSON:
        return people.staff, (first, second)
    user = people.staff[0]
    undo = (Event.Kind.UNDONE, {"key": find_step(suggestion, user)})
    return [user, user], (generator.choice([first, undo]), undo)


def send_due_letters(start=None):
    """Send all letters that are due, like the worker."""
    try:
        if start:
            start.wait()
        while send_due():
            pass
    finally:
        connection.close()


def make_letters_due(topics):
    letters = Mail.objects.filter(
        event__suggestion__topic__in=topics, due_at__isnull=False, attempts=0
    )
    letters.update(due_at=timezone.now())


def list_faults(people, server, suggestions):
    yield from people.list_odd_answers()
    yield from check_mailbox(suggestions, server.taken)
    if server.duplicates:
        yield f"{server.duplicates} letters were sent twice"
    yield from find_faults(people.acknowledged, people.topics, is_complete=True)
