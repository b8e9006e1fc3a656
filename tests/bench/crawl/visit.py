"""Fills a scratch copy and saves its responses: python -m tests.bench.crawl.visit FOLDER."""

import logging
import os
import random
import sys
from datetime import timedelta
from pathlib import Path

import django
import time_machine

from tests.bench.crawl import demo_site, public_pages, suggestion_box
from tests.bench.crawl.visits import Visits


def visit(folder):
    """Write the response to each request into the folder; the clock is frozen."""
    os.urandom = random._urandom = random.Random(1).randbytes
    with time_machine.travel(demo_site.MOMENT, tick=False) as clock:
        django.setup()
        logging.disable(logging.WARNING)  # invalid requests are intended
        demo_site.fill()
        clock.shift(timedelta(hours=1))
        visits = Visits(folder, clock)
        visits.names.load()
        pages = public_pages.crawl(visits)
        public_pages.conditional_requests(visits)
        public_pages.searches(visits)
        public_pages.accessible_version(visits, pages)
        public_pages.errors(visits)
        number, code = suggestion_box.suggestion(visits)
        visits.names.load()
        suggestion_box.authors(visits, suggestion_box.status(visits, number, code))
        suggestion_box.votes(visits, pages)
        public_pages.logins(visits)
    print(f"{len(visits.titles)} answers")


if __name__ == "__main__":
    visit(Path(sys.argv[1]))
