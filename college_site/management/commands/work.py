"""Runs background jobs until SIGTERM, or with `--once` until nothing is due."""

import os
import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from college_site.background import worker

PAUSE = 2.0  # seconds to wait if nothing was due
NICENESS = 19  # visitors and the photographs that somebody uploads just now come first


class Command(BaseCommand):
    help = "Runs background jobs such as sending emails and making renditions."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="stop when nothing is due any more")

    def handle(self, *args, once, **options):
        self.stopping = False
        if not once:
            os.nice(NICENESS)
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
        """Wait PAUSE seconds or until a signal, which does not interrupt a longer sleep()."""
        end = time.monotonic() + PAUSE
        while not self.stopping and time.monotonic() < end:
            time.sleep(0.1)
