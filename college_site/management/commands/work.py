"""Do what is due until told to stop: `manage.py work`, or `--once` until nothing is due."""

import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from college_site.background import worker

PAUSE = 2.0  # seconds between two looks when nothing was due


class Command(BaseCommand):
    help = "Does background work: picture renditions and whatever else is due."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="stop when nothing is due any more")

    def handle(self, *args, once, **options):
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        while not self.stopping:
            close_old_connections()
            if worker.run_due():
                continue
            if once:
                break
            self.rest()

    def stop(self, number, frame):
        self.stopping = True

    def rest(self):
        """Wait PAUSE seconds, or until told to stop: a signal does not cut sleep() short."""
        end = time.monotonic() + PAUSE
        while not self.stopping and time.monotonic() < end:
            time.sleep(0.1)
