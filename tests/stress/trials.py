"""The command of the stress tests, on a scratch copy of the site."""

import argparse
import sys
import tempfile
import time

from django.conf import settings
from django.db import connection

from tests.bench.comparison import BENCHES
from tests.bench.databases import scratch_databases, use
from tests.stress.decoders import hostile_decoders
from tests.stress.desk.histories import write_missing_histories
from tests.stress.desk.kills import desk_kills
from tests.stress.desk.trials import desk_at_once
from tests.stress.hostile import hostile_requests
from tests.stress.kills import kills
from tests.stress.mail_day import mail_day
from tests.stress.obstacles import full_disk, locked_database
from tests.stress.senders import senders
from tests.stress.site import Site, database_url

TRIALS = {  # name: (function, default size)
    "senders": (senders, 200),
    "locked": (locked_database, 30),
    "full-disk": (full_disk, 1),
    "mail-day": (mail_day, 300),
    "decoders": (hostile_decoders, 50),
    "hostile": (hostile_requests, 10_000),
    "desk": (desk_at_once, 1000),
    "kills": (kills, 500),
    "desk-kills": (desk_kills, 100),
}
ROWS = 100  # of each kind on the scratch copy


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python -m tests.stress",
        description="Kills, floods, locks and attacks a scratch copy of the site.",
    )
    parser.add_argument("--only", choices=TRIALS, action="append", help="run only this trial")
    parser.add_argument("--size", type=int, help="the size of each trial instead of its default")
    options = parser.parse_args(arguments)
    failed = []
    with (
        scratch_databases("torture"),
        tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="torture-") as folder,
    ):
        wait_long_for_locks(connection.settings_dict["OPTIONS"])
        use("torture")
        for bench in BENCHES:
            bench.fill(ROWS)
        write_missing_histories()
        print(f"On {connection.vendor}:", flush=True)
        with Site(folder, database_url(connection.settings_dict)) as site:
            for name in options.only or TRIALS:
                trial, default_size = TRIALS[name]
                if not run_trial(name, trial, site, options.size or default_size):
                    failed.append(name)
    if failed:
        sys.exit(f"Did not hold: {', '.join(failed)}.")
    print("Everything held.")


def wait_long_for_locks(options, seconds=300):
    """Let this process wait for locks as long as it takes; the site gives up as in production."""
    if connection.vendor == "postgresql":
        options["options"] += f" -c lock_timeout={seconds}s"
    else:
        options["timeout"] = seconds


def run_trial(name, trial, site, size):
    """Run a trial and print its summary and faults; returns whether the site passed."""
    start = time.monotonic()
    summary, faults = trial(site, size)
    faults = list(faults)
    verdict = "FAILED" if faults else "ok"
    print(f"{name}: {summary} ({time.monotonic() - start:.0f} s): {verdict}")
    print(*(f"  {fault}" for fault in faults[:20]), sep="\n", end="\n" * bool(faults), flush=True)
    return not faults
