"""Everybody sends at the same moment; nobody is turned away or waits long."""

import threading
import time
from statistics import median

from feedback.models import Suggestion, SuggestionTopic
from tests.stress.visitor import Visitor, suggestion

SLOWEST = 5.0  # seconds


def senders(site, count):
    """(figure, faults) after so many suggestions in one moment."""
    topic = SuggestionTopic.objects.create(title="Все сразу")
    before = Suggestion.objects.count()
    visitors = [Visitor(site.address) for _ in range(count)]
    for visitor in visitors:
        visitor.open_form()
    start = threading.Barrier(count)
    seconds, refusals = [], []

    def send(number, visitor):
        entries = suggestion(topic.pk, f"Предложение номер {number} в ту же минуту.")
        start.wait()
        began = time.perf_counter()
        try:
            answer = visitor.send(entries).status
        except OSError as error:
            answer = type(error).__name__
        seconds.append(time.perf_counter() - began)
        if answer != 303:
            refusals.append(answer)

    threads = [threading.Thread(target=send, args=one) for one in enumerate(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figure = f"{count} at once: median {median(seconds):.2f} s, slowest {max(seconds):.2f} s"
    return figure, faults(count, refusals, max(seconds), Suggestion.objects.count() - before)


def faults(count, refusals, slowest, stored):
    if refusals:
        yield f"{len(refusals)} were refused ({refusals[0]} …), expected none"
    if slowest > SLOWEST:
        yield f"the slowest took {slowest:.1f} s, expected at most {SLOWEST:g} s"
    if stored != count:
        yield f"{stored} are stored, expected {count}"
