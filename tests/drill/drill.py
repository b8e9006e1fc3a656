"""The drill: a site returns from its archive and, on SQLite, from the copy of each second."""

import argparse
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.drill.moments import return_to_moments
from tests.drill.trial import live_and_die, return_and_compare

DEFAULT_SIZE = 200  # suggestions acknowledged before the backup begins


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python -m tests.drill",
        description="Backs a scratch site up while people write, destroys and restores it.",
    )
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help="suggestions before it")
    options = parser.parse_args(arguments)
    print(f"On {connection.vendor}:", flush=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="drill-") as name:
        folder = Path(name)
        left = live_and_die(folder, options.size)
        faults = return_and_compare(folder, left)
        if connection.vendor == "sqlite":
            faults += return_to_moments(folder, options.size)
    print(*faults, sep="\n", end="\n" * bool(faults))
    if faults:
        sys.exit("Did not return whole.")
    print("Everything returned.")
