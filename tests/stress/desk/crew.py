"""Two members of staff and an author who act without a pause while the site is killed."""

import threading
import time

from django.db import connection

from feedback.models import Suggestion
from feedback.models.workflow.states import IN_HAND, Status
from tests.stress.kills import PAUSE
from tests.stress.visitor import TIMEOUT

OPEN_AT_ONCE = 6  # suggestions that the crew acts on
MERGED_AT_ONCE = 2  # of them


class Crew:
    """Two members of staff and an author who act without a pause on the same suggestions."""

    def __init__(self, people, staff_kinds, author_kinds):
        self.people, self.staff_kinds, self.author_kinds = people, staff_kinds, author_kinds
        self.open = [people.submit() for _ in range(OPEN_AT_ONCE)]
        self.is_over = False
        works = [lambda user=user: self.act_as(user) for user in people.staff]
        works.append(self.act_as_author)
        self.threads = [threading.Thread(target=self.repeat, args=[act]) for act in works]

    @property
    def acknowledged(self):
        return self.people.acknowledged

    def begin(self):
        for thread in self.threads:
            thread.start()

    def end(self):
        self.is_over = True
        for thread in self.threads:
            thread.join(TIMEOUT)

    def wait_for(self, count):
        """Wait until `count` acts are acknowledged, with new suggestions for those that ended."""
        deadline = time.monotonic() + TIMEOUT
        while len(self.acknowledged) < count:
            self.replace_ended()
            if time.monotonic() > deadline:
                self.end()
                raise RuntimeError(f"No act was acknowledged for {TIMEOUT} seconds.")
            time.sleep(PAUSE)

    def replace_ended(self):
        rows = Suggestion.objects.filter(pk__in=[suggestion.pk for suggestion in self.open])
        merged = rows.filter(status=Status.MERGED)[:MERGED_AT_ONCE]
        still_open = [*rows.filter(status__in=IN_HAND), *merged]
        missing = OPEN_AT_ONCE - len(still_open)
        self.open = [*still_open, *(self.people.submit() for _ in range(missing))]

    def repeat(self, act):
        while not self.is_over:
            if not act():
                time.sleep(PAUSE)
        connection.close()

    def act_as(self, user):
        suggestion, other = self.people.generator.sample(self.open, 2)
        act = self.people.choose_staff_act(suggestion, other, self.staff_kinds, has_seen=True)
        return self.people.act_as_staff(user, suggestion, *act)

    def act_as_author(self):
        suggestion = self.people.generator.choice(self.open)
        act = self.people.choose_author_act(self.author_kinds)
        return self.people.act_as_author(suggestion, *act)
