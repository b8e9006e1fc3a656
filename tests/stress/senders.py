"""Many simultaneous submissions; none is refused or slow."""

import threading
import time
from statistics import median
from typing import NamedTuple

from feedback.models import Suggestion, SuggestionTopic
from tests.stress.visitor import Visitor, suggestion

MAX_SECONDS = 5.0  # seconds


class Sent(NamedTuple):
    """What each waited, the answers other than 303, how long all took, how many are stored."""

    seconds: list[float]
    refusals: list
    duration: float
    stored: int


def senders(site, count):
    """(summary, faults) after `count` simultaneous submissions."""
    sent = send_at_once(open_forms(site, count))
    slowest = max(sent.seconds)
    summary = f"{count} at once: median {median(sent.seconds):.2f} s, slowest {slowest:.2f} s"
    return summary, find_faults(count, sent.refusals, slowest, sent.stored)


def open_forms(site, count):
    """As many visitors, each with a form of their own."""
    visitors = [Visitor(site.address) for _ in range(count)]
    for visitor in visitors:
        visitor.open_form()
    return visitors


def send_at_once(visitors):
    """Sent, after all of them submitted at the same time."""
    topic, _ = SuggestionTopic.objects.get_or_create(title="Все сразу")
    before = Suggestion.objects.count()
    barrier = threading.Barrier(len(visitors) + 1)
    seconds, refusals = [], []

    def send(number, visitor):
        entries = suggestion(topic.pk, f"Предложение номер {number} в ту же минуту.")
        barrier.wait()
        start = time.perf_counter()
        try:
            answer = visitor.send(entries).status
        except OSError as error:
            answer = type(error).__name__
        seconds.append(time.perf_counter() - start)
        if answer != 303:
            refusals.append(answer)

    threads = [threading.Thread(target=send, args=one) for one in enumerate(visitors)]
    for thread in threads:
        thread.start()
    barrier.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    duration = time.perf_counter() - start
    return Sent(seconds, refusals, duration, Suggestion.objects.count() - before)


def find_faults(count, refusals, slowest, stored):
    if refusals:
        yield f"{len(refusals)} were refused ({refusals[0]} …), expected none"
    if slowest > MAX_SECONDS:
        yield f"the slowest took {slowest:.1f} s, expected at most {MAX_SECONDS:g} s"
    if stored != count:
        yield f"{stored} are stored, expected {count}"
