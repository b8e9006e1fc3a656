"""Do what is due until told to stop: `manage.py work`, or `--once` until nothing is due."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from college_site import worker

PAUSE = 2.0  # seconds between two looks when nothing was due


class Command(BaseCommand):
    help = "Does background work: picture renditions and whatever else is due."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="stop when nothing is due any more")

    def handle(self, *args, once, **options):
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.is_set():
            close_old_connections()
            if worker.run_due():
                continue
            if once:
                break
            stopping.wait(PAUSE)
