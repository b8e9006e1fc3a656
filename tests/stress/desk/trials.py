"""Two members of staff and the author act on one suggestion at once, again and again."""

from concurrent.futures import ThreadPoolExecutor

from feedback.models import Suggestion
from feedback.models.workflow.states import CLOSED, Status
from tests.stress.desk.histories import find_faults
from tests.stress.desk.people import People

ROUNDS = 20  # on one suggestion, unless it ends earlier
ANSWERS = (200, 302, 303)  # the form with its errors; performed, by staff and by the author
SAME_ACT = 0.3  # how often both members of staff do the same


def desk_at_once(site, count):
    """(summary, faults) of `count` rounds, in each of which three people act on one suggestion."""
    people = People(site, "Втроём сразу")
    original = suggestion = people.submit()
    rounds = 0
    with ThreadPoolExecutor(3) as threads:
        for _ in range(count):
            if rounds == ROUNDS or has_ended(suggestion):
                original, suggestion, rounds = suggestion, people.submit(), 0
            act_at_once(threads, people, suggestion, original)
            rounds += 1
    summary = (
        f"{count} rounds of three, {len(people.acknowledged)} acts acknowledged on "
        f"{Suggestion.objects.filter(topic=people.topic).count()} suggestions; "
        f"{', '.join(f'{status}: {times}' for status, times in people.statuses.items())}"
    )
    return summary, list_faults(people)


def has_ended(suggestion):
    """Whether neither staff nor the author can do much with it."""
    suggestion.refresh_from_db()
    is_final = suggestion.status in CLOSED and suggestion.is_reopened
    return is_final or suggestion.status == Status.WITHDRAWN


def act_at_once(threads, people, suggestion, original):
    """Send one form of each person at the same moment and wait for the three answers."""
    first = people.choose_staff_act(suggestion, original)
    second = people.choose_staff_act(suggestion, original)
    if people.generator.random() < SAME_ACT:
        second = people.choose_staff_act(suggestion, original, [first[0]])
    sent = [
        threads.submit(people.act_as_staff, user, suggestion, *act)
        for user, act in zip(people.staff, (first, second), strict=True)
    ]
    sent.append(threads.submit(people.act_as_author, suggestion, *people.choose_author_act()))
    for future in sent:
        future.result()


def list_faults(people):
    """Nobody got an error or another answer than those of forms."""
    odd = {status: times for status, times in people.statuses.items() if status not in ANSWERS}
    if odd:
        yield f"found answers {odd}, expected {ANSWERS}"
    yield from find_faults(people.acknowledged, people.topic, is_complete=True)
