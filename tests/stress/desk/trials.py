"""Two members of staff and the author act on one suggestion at once, again and again."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.utils import timezone

from feedback.mail.outbox import send_due
from feedback.models import Event, Mail, Suggestion
from feedback.models.workflow.states import CLOSED, Status
from tests.stress import mail_day
from tests.stress.desk.histories import check_mailbox, find_faults
from tests.stress.desk.people import People

ROUNDS = 20  # on one suggestion, unless it ends earlier
SAME_ACT = 0.3  # how often both members of staff do the same
SAME_PERSON = 0.2  # how often they are one person with two tabs
AT_ONCE = 6  # two of staff, the author, another author and two workers


def desk_at_once(site, count):
    """(summary, faults) of `count` rounds, in each of which three people act on one suggestion.

    Meanwhile the author of another one replies, and two workers send the letters, also those that
    should still wait: as if their clocks were ahead of the site's.
    """
    people = People(site, "Втроём сразу")
    original = suggestion = people.submit()
    rounds = 0
    hold_other_letters(people.topic)
    with mail_day.Server() as server, ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in range(count):
            if rounds == ROUNDS or has_ended(suggestion):
                original, suggestion, rounds = suggestion, people.submit(), 0
            act_at_once(threads, people, suggestion, original)
            rounds += 1
        make_letters_due(people.topic)
        send_due_letters()
    suggestions = Suggestion.objects.filter(topic=people.topic)
    summary = (
        f"{count} rounds of three, {len(people.acknowledged)} acts acknowledged on "
        f"{suggestions.count()} suggestions, {server.taken.total()} letters; "
        f"{', '.join(f'{status}: {times}' for status, times in people.statuses.items())}"
    )
    return summary, list_faults(people, server, suggestions)


def hold_other_letters(topic):
    Mail.objects.exclude(event__suggestion__topic=topic).update(due_at=None)


def has_ended(suggestion):
    """Whether neither staff nor the author can do much with it."""
    suggestion.refresh_from_db()
    is_final = suggestion.status in CLOSED and suggestion.is_reopened
    return is_final or suggestion.status == Status.WITHDRAWN


def act_at_once(threads, people, suggestion, original):
    """Send one form of each person at the same moment and wait for all answers."""
    make_letters_due(people.topic)
    generator = people.generator
    first = people.choose_staff_act(suggestion, original)
    second = people.choose_staff_act(suggestion, original)
    if generator.random() < SAME_ACT:
        second = people.choose_staff_act(suggestion, original, [first[0]])
    users = people.staff
    if generator.random() < SAME_PERSON:
        users = [users[0], users[0]]
    acts = list(zip(users, (first, second), strict=True))
    reply = people.choose_author_act([Event.Kind.REPLY])
    sent = [
        *(threads.submit(people.act_as_staff, user, suggestion, *act) for user, act in acts),
        threads.submit(people.act_as_author, suggestion, *people.choose_author_act()),
        threads.submit(people.act_as_author, original, *reply),
        *(threads.submit(send_due_letters) for _ in range(2)),
    ]
    for future in sent:
        future.result()


def send_due_letters():
    """Send all letters that are due, like the worker."""
    try:
        while send_due():
            pass
    finally:
        connection.close()


def make_letters_due(topic):
    letters = Mail.objects.filter(event__suggestion__topic=topic, due_at__isnull=False, attempts=0)
    letters.update(due_at=timezone.now())


def list_faults(people, server, suggestions):
    yield from people.list_odd_answers()
    yield from check_mailbox(suggestions, server.taken)
    if server.duplicates:
        yield f"{server.duplicates} letters were sent twice"
    yield from find_faults(people.acknowledged, people.topic, is_complete=True)
