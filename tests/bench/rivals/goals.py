"""What is to be reached, and the table that says what was found."""

import os
from statistics import median
from typing import NamedTuple

from tests.bench.rivals.load import Load

BARE, BARE_BEHIND, NGINX = "bare WSGI", "nginx, bare WSGI behind", "nginx, a file"
HOME, LIST, POST = "Wagtail: home", "Wagtail: list", "Wagtail: post"
STORED, UNCHANGED = "home, stored", "home, stored, 304"
STORED_BEHIND = "nginx, home stored behind"
OWN_HOME, OWN_LIST, OWN_POST = "home, rendered", "news list, rendered", "post, rendered"


class Goal(NamedTuple):
    """At least so many requests for each of the rival, or at most so much of its time for one."""

    rival: str
    at_least: float = 0
    at_most: float = 0

    def describe(self):
        return (
            f"≥ {self.at_least:g} × {self.rival}"
            if self.at_least
            else (f"≤ {self.at_most:g} of {self.rival}")
        )

    def compare(self, own, rival):
        """(what was found, whether that is enough), by the processor time of a request."""
        if self.at_least:
            return rival.cost / own.cost, rival.cost / own.cost >= self.at_least
        return own.cost / rival.cost, own.cost / rival.cost <= self.at_most


GOALS = {
    STORED: [Goal(BARE, at_least=0.9), Goal(HOME, at_least=100)],
    UNCHANGED: [Goal(BARE, at_least=0.9), Goal(HOME, at_least=100)],
    STORED_BEHIND: [Goal(BARE_BEHIND, at_least=0.9)],
    OWN_HOME: [Goal(HOME, at_most=0.25)],
    OWN_LIST: [Goal(LIST, at_most=0.5)],
    OWN_POST: [Goal(POST, at_most=0.5)],
}


class Row(NamedTuple):
    """A line of the table; `is_reached` is None without a goal."""

    target: str
    rate: str
    cost: str
    ratio: str = ""
    goal: str = ""
    is_reached: bool | None = None


def make_rows(loads):
    """The Rows of {name: Loads of several rounds}; a goal counts where its rival was measured."""
    middle = {name: take_median(found) for name, found in loads.items()}
    return [make_row(name, middle) for name in middle]


def take_median(found):
    return Load(median(load.rate for load in found), median(load.cost for load in found))


def make_row(name, loads):
    own = loads[name]
    goals = [goal for goal in GOALS.get(name, []) if goal.rival in loads]
    found = [goal.compare(own, loads[goal.rival]) for goal in goals]
    return Row(
        name,
        f"{own.rate:,.0f}",
        f"{own.cost:.3g}",
        ", ".join(f"{ratio:.3g}" for ratio, _ in found),
        ", ".join(goal.describe() for goal in goals),
        all(is_enough for _, is_enough in found) if goals else None,
    )


def print_rows(rows, conditions):
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{conditions}, load {load}\n")
    print("| target | requests/s | CPU ms a request | ratio | goal | reached |")
    print("|---|---|---|---|---|---|")
    words = {True: "yes", False: "NO", None: ""}
    for *cells, is_reached in rows:
        print("|", " | ".join([*cells, words[is_reached]]), "|")
