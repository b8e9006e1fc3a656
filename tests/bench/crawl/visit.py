"""Fills a scratch copy and asks for everything: python -m tests.bench.crawl.visit FOLDER."""

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
    """Write an answer to each request into the folder; time stands still between forms."""
    os.urandom = random._urandom = random.Random(1).randbytes
    with time_machine.travel(demo_site.MOMENT, tick=False) as clock:
        django.setup()
        logging.disable(logging.WARNING)  # refused forms are part of the visit
        demo_site.fill()
        clock.shift(timedelta(hours=1))
        visits = Visits(folder, clock)
        visits.names.read()
        pages = public_pages.crawl(visits)
        public_pages.validators(visits)
        public_pages.searches(visits)
        public_pages.looks(visits, pages)
        public_pages.errors(visits)
        number, code = suggestion_box.suggestion(visits)
        visits.names.read()
        suggestion_box.authors(visits, suggestion_box.status(visits, number, code))
        suggestion_box.supporters(visits, pages)
        public_pages.logins(visits)
    print(f"{len(visits.titles)} answers")


if __name__ == "__main__":
    visit(Path(sys.argv[1]))
