"""Suggestions of many people at once, each stored durably before it is answered."""

from tests.bench.processes import list_processes, read_spent
from tests.bench.rivals.goals import Row
from tests.stress.senders import MAX_SECONDS, find_faults, open_forms, send_at_once

LEAST_RATE = 200  # suggestions a second


def send_suggestions(site, count):
    """The Row of `count` simultaneous suggestions."""
    visitors = open_forms(site, count)
    start = read_spent(list_processes(site.process.pid))
    sent = send_at_once(visitors)
    cost = 1000 * (read_spent(list_processes(site.process.pid)) - start) / count
    rate = count / sent.duration
    faults = list(find_faults(count, sent.refusals, max(sent.seconds), sent.stored))
    for fault in faults:
        print(fault)
    return Row(
        f"suggestions, {count} senders",
        f"{rate:.0f}",
        f"{cost:.3g}",
        f"slowest {max(sent.seconds):.2f} s",
        f"≥ {LEAST_RATE}/s, slowest < {MAX_SECONDS:g} s",
        rate >= LEAST_RATE and not faults,
    )
