"""Kills the site repeatedly during submissions; no suggestion may be lost or duplicated."""

import http.client
import random
import threading
import time
from collections import Counter

from feedback.models import Consent, Event, Mail, Suggestion, SuggestionTopic
from tests.stress.visitor import TIMEOUT, Visitor, submission_key, suggestion

SENDERS = 6
MASTER_EVERY = 10  # every tenth kill hits the master process as well
PAUSE = 0.05  # seconds before a visitor retries


def kills(site, count):
    """(summary, faults) after `count` kills."""
    topic = SuggestionTopic.objects.create(title="Проверка на прочность")
    consent = Consent.objects.current() or Consent.objects.create(version=1, text="Да.")
    before = Suggestion.objects.count()
    visitors = Visitors(site.address, topic.pk, consent.version)
    visitors.begin()
    for number in range(count):
        kill(site, visitors, with_master=number % MASTER_EVERY == MASTER_EVERY - 1)
    acknowledged = visitors.end()
    stored = Suggestion.objects.count() - before
    summary = (
        f"{count} kills, {len(acknowledged)} suggestions acknowledged, {stored} stored, "
        f"{visitors.retries} retries"
    )
    return summary, find_faults(acknowledged, stored)


def kill(site, visitors, *, with_master):
    """Kill the site at a random moment after it has accepted another suggestion."""
    visitors.wait_for(len(visitors.acknowledged) + 1)
    time.sleep(random.random() * 0.2)
    if with_master:
        site.kill()
        site.start()
    else:
        site.kill_one()


class Visitors:
    """Visitors who submit continuously and retry each suggestion until it is acknowledged."""

    def __init__(self, address, topic, consent):
        self.address, self.topic, self.consent = address, topic, consent
        self.acknowledged = []
        self.retries = 0
        self.is_over = False
        self.threads = [
            threading.Thread(target=self.visit, args=[number], daemon=True)
            for number in range(SENDERS)
        ]

    def begin(self):
        for thread in self.threads:
            thread.start()

    def wait_for(self, count):
        """Wait until `count` suggestions are acknowledged; raises RuntimeError after TIMEOUT."""
        deadline = time.monotonic() + TIMEOUT
        while len(self.acknowledged) < count:
            if time.monotonic() > deadline:
                raise RuntimeError(f"No suggestion was acknowledged for {TIMEOUT} seconds.")
            time.sleep(0.005)

    def end(self):
        """Stop all visitors; returns the POST data of all acknowledged suggestions."""
        self.is_over = True
        for thread in self.threads:
            thread.join(TIMEOUT)
        return self.acknowledged

    def visit(self, number):
        visitor, count = Visitor(self.address), 0
        while not self.is_over:
            count += 1
            # Many suggestions from one network would be quarantined without an email.
            visitor.client_address = f"10.{number}.{count // 250}.{count % 250 + 1}"
            entries = suggestion(
                self.topic, f"Предложение {count} посетителя {number}, всё всерьёз."
            )
            if count % 2:
                entries |= {
                    "reply_by": "email",
                    "email": f"visitor{number}-{count}@example.ru",
                    "consents": "on",
                    "consent_version": self.consent,
                }
            self.send_until_accepted(visitor, entries)
            self.acknowledged.append(entries)

    def send_until_accepted(self, visitor, entries):
        """Retry with the same key until the site redirects to the receipt."""
        while True:
            try:
                if not visitor.hidden:
                    visitor.open_form()
                if visitor.send(entries).status == 303:
                    return
                visitor.hidden = {}
            except (OSError, http.client.HTTPException):
                pass
            self.retries += 1
            time.sleep(PAUSE)


def find_faults(acknowledged, stored):
    """The differences between acknowledged and stored suggestions, as sentences."""
    faults = []
    if stored != len(acknowledged):
        faults.append(f"{stored} suggestions are stored, expected {len(acknowledged)}")
    for entries in acknowledged:
        faults += check_suggestion(entries)
    sequences = Suggestion.objects.order_by("year", "sequence").values_list("year", "sequence")
    for year, largest in Counter(year for year, _ in sequences).items():
        if [number for of, number in sequences if of == year] != [*range(1, largest + 1)]:
            faults.append(f"the numbers of {year} have gaps, expected 1 to {largest}")
    return faults


def check_suggestion(entries):
    found = Suggestion.objects.with_submission_key(submission_key(entries)).filter(
        text=entries["text"]
    )
    events = Event.objects.filter(suggestion__in=found, kind=Event.Kind.RECEIVED)
    counts = (found.count(), events.count(), Mail.objects.filter(event__in=events).count())
    expected = (1, 1, int("email" in entries))
    if counts != expected:
        yield f"suggestion, event, email: found {counts}, expected {expected}"
