"""Kills `manage.py purge` while it destroys what staff still write about."""

import random
import time
from datetime import timedelta
from functools import reduce
from operator import or_

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import CharField, Q, TextField
from django.utils import timezone

from feedback.models import Event, Suggestion
from tests.stress.desk.crew import Crew
from tests.stress.desk.histories import find_faults
from tests.stress.kills import PAUSE
from tests.stress.visitor import TIMEOUT

PLANTED = "Зинаида Планковская"
LONG_AGO = timedelta(days=40 * 365)  # before everything else, so it goes first
AT_ONCE = 8  # suggestions for each killed purge


def kill_purges(people, count):
    """(kills, faults) of purges of the same old suggestions on which staff write notes."""
    people.staff_words = people.author_words = PLANTED
    killed = 0
    for _ in range(count):
        crew = Writers(people, [Event.Kind.NOTE], [Event.Kind.RATED])
        crew.open = [make_old(people) for _ in range(AT_ONCE)]
        crew.begin()
        killed += kill_purge(people.site, random.randrange(1, AT_ONCE))
        crew.end()
    return killed, list_faults(people)


class Writers(Crew):
    """A crew whose pages store what is being written, before it is sent and after that."""

    def act_as(self, user):
        self.people.store_draft(user, self.people.generator.choice(self.open))
        return super().act_as(user)


def make_old(people):
    """A suggestion whose term of storage is over, with a name in all its texts."""
    suggestion = people.submit(f"{PLANTED} просит лавочку.")
    suggestion.give_answer(f"Поставили, {PLANTED}.", people.staff[0])
    old = Suggestion.objects.filter(pk=suggestion.pk)
    old.update(answered_at=timezone.now() - LONG_AGO)
    return suggestion


def kill_purge(site, number):
    """Start a purge and kill it once it has destroyed so many; whether it was still running."""
    erased = Suggestion.objects.exclude(erased_at=None)
    wanted, deadline = erased.count() + number, time.monotonic() + TIMEOUT
    purge = site.command("purge")
    while purge.poll() is None and erased.count() < wanted and time.monotonic() < deadline:
        time.sleep(PAUSE / 10)
    was_running = purge.poll() is None
    purge.kill()
    purge.wait()
    return was_running


def list_faults(people):
    """What remains after a purge that nobody kills, and after the papers of this day."""
    yield from people.list_odd_answers()
    day = timezone.localdate().isoformat()
    for words in (["purge"], ["purge", "--papers-of", day]):
        if status := people.site.command(*words).wait():
            yield f"{' '.join(words)} ended with {status}, expected 0: {people.site.log_end()}"
    texts = Suggestion.objects.filter(topic__in=people.topics, text__contains=PLANTED)
    if texts.exists():
        yield f"{texts.count()} suggestions were not destroyed, expected none"
    yield from find_faults(people.acknowledged, people.topics, is_complete=False)
    for model in (*apps.get_app_config("feedback").get_models(), LogEntry):
        if number := model.objects.filter(contains(model, PLANTED)).count():
            yield f"{number} rows of {model.__name__} hold the planted name, expected none"


def contains(model, words):
    """The condition that a text of the row contains these words."""
    fields = [field for field in model._meta.fields if isinstance(field, (CharField, TextField))]
    return reduce(or_, (Q(**{f"{field.name}__contains": words}) for field in fields), Q(pk=None))
