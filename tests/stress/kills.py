"""The site is killed again and again while suggestions come in; none may be lost or doubled."""

import http.client
import random
import threading
import time
from collections import Counter

from feedback.models import Consent, Event, Mail, Suggestion, SuggestionTopic
from tests.stress.visitor import PATIENCE, Visitor, key_of, suggestion

SENDERS = 6
WHOLE = 10  # of so many kills one takes the master, too
PAUSE = 0.05  # seconds before a visitor tries again


def kills(site, count):
    """(figure, faults) after so many kills."""
    topic = SuggestionTopic.objects.create(title="Проверка на прочность")
    consent = Consent.objects.current() or Consent.objects.create(version=1, text="Да.")
    before = Suggestion.objects.count()
    crowd = Crowd(site.address, topic.pk, consent.version)
    crowd.begin()
    for number in range(count):
        kill(site, crowd, is_whole=number % WHOLE == WHOLE - 1)
    acknowledged = crowd.end()
    stored = Suggestion.objects.count() - before
    figure = (
        f"{count} kills, {len(acknowledged)} suggestions acknowledged, {stored} stored, "
        f"{crowd.retries} retries"
    )
    return figure, judge(acknowledged, stored)


def kill(site, crowd, *, is_whole):
    """Kill the site at a random moment after it was seen to take something again."""
    crowd.wait_for(len(crowd.acknowledged) + 1)
    time.sleep(random.random() * 0.2)
    if is_whole:
        site.kill()
        site.start()
    else:
        site.kill_one()


class Crowd:
    """Visitors who send without a pause, each suggestion until it is acknowledged."""

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
        """Until so many suggestions are acknowledged; RuntimeError where none comes any more."""
        deadline = time.monotonic() + PATIENCE
        while len(self.acknowledged) < count:
            if time.monotonic() > deadline:
                raise RuntimeError(f"No suggestion was acknowledged for {PATIENCE} seconds.")
            time.sleep(0.005)

    def end(self):
        """Let everybody come to an end; the entries of all that was acknowledged."""
        self.is_over = True
        for thread in self.threads:
            thread.join(PATIENCE)
        return self.acknowledged

    def visit(self, number):
        visitor, count = Visitor(self.address), 0
        while not self.is_over:
            count += 1
            # From one network so many would wait in quarantine, and no letter would be written.
            visitor.home = f"10.{number}.{count // 250}.{count % 250 + 1}"
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
            self.insist(visitor, entries)
            self.acknowledged.append(entries)

    def insist(self, visitor, entries):
        """Send it with the same key until the site says that it is there."""
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


def judge(acknowledged, stored):
    """What is wrong with what is stored, as lines."""
    faults = []
    if stored != len(acknowledged):
        faults.append(f"{stored} suggestions are stored, expected {len(acknowledged)}")
    for entries in acknowledged:
        faults += judge_one(entries)
    sequences = Suggestion.objects.order_by("year", "sequence").values_list("year", "sequence")
    for year, largest in Counter(year for year, _ in sequences).items():
        if [number for of, number in sequences if of == year] != [*range(1, largest + 1)]:
            faults.append(f"the numbers of {year} have gaps, expected 1 to {largest}")
    return faults


def judge_one(entries):
    found = Suggestion.objects.with_submission_key(key_of(entries)).filter(text=entries["text"])
    events = Event.objects.filter(suggestion__in=found, kind=Event.Kind.RECEIVED)
    counts = (found.count(), events.count(), Mail.objects.filter(event__in=events).count())
    expected = (1, 1, int("email" in entries))
    if counts != expected:
        yield f"suggestion, event, letter: found {counts}, expected {expected}"
