"""Try what the suggestion box promises to withstand, on a scratch copy of the site."""

import tempfile
import time
from importlib import import_module

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from college_site.bench import scratch_databases, use
from feedback.torture.hostile import hostile
from feedback.torture.kills import kills
from feedback.torture.mail_day import mail_day
from feedback.torture.obstacles import full_disk, locked
from feedback.torture.senders import senders
from feedback.torture.site import Site, database_url

TRIALS = {  # each with its size when all is done in earnest
    "senders": (senders, 200),
    "locked": (locked, 30),
    "full-disk": (full_disk, 1),
    "mail-day": (mail_day, 300),
    "hostile": (hostile, 10_000),
    "kills": (kills, 500),
}
ROWS = 100  # of each kind on the scratch copy


class Command(BaseCommand):
    help = "Kills, floods, locks and attacks a scratch copy of the site; says what held."

    def add_arguments(self, parser):
        parser.add_argument("--only", choices=TRIALS, action="append", help="this trial alone")
        parser.add_argument("--size", type=int, help="of each trial, instead of its own")

    def handle(self, *args, only, size, **options):
        chosen = {name: TRIALS[name] for name in only or TRIALS}
        failed = []
        with (
            scratch_databases("torture"),
            tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="torture-") as folder,
        ):
            use("torture")
            for path in settings.BENCHES:
                import_module(path).fill(ROWS)
            self.stdout.write(f"On {connection.vendor}:")
            with Site(folder, database_url(connection.settings_dict)) as site:
                for name, (trial, own_size) in chosen.items():
                    failed += self.tried(name, trial, site, size or own_size)
        if failed:
            raise CommandError(f"Did not hold: {', '.join(failed)}.")
        self.stdout.write("Everything held.")

    def tried(self, name, trial, site, size):
        """The trial's name where it did not hold; prints its figure and what was wrong."""
        began = time.monotonic()
        figure, faults = trial(site, size)
        faults = list(faults)
        verdict = "FAILED" if faults else "ok"
        self.stdout.write(f"{name}: {figure} ({time.monotonic() - began:.0f} s): {verdict}")
        for fault in faults[:20]:
            self.stdout.write(f"  {fault}")
        self.stdout.flush()
        return [name] if faults else []
