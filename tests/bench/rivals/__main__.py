"""Compares our pages with Wagtail, bare WSGI and nginx in one run, by turns.

Processor time decides, for requests a second depend on what else the machine does.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rivals", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="turns of every target")
    parser.add_argument("--seconds", type=int, default=2, help="of every turn")
    parser.add_argument("--connections", type=int, default=16, help="that ask at once")
    parser.add_argument("--senders", type=int, default=200, help="of suggestions, at once")
    parser.add_argument("--without", nargs="*", default=[], help="of wagtail, nginx, photographs")
    options = parser.parse_args(arguments)
    kept = Path(os.environ.get("DATA_DIR", "var/bench")).resolve() / "wagtail"
    with tempfile.TemporaryDirectory(prefix="rivals-") as folder:
        data = Path(folder, "data")
        data.mkdir()
        os.environ |= {"LOCAL_RUN": "True", "DATA_DIR": str(data), "DATABASE_URL": ""}
        django.setup()
        from tests.bench.rivals.comparison import compare  # needs the setup above

        rows = compare(Path(folder), kept, options)
    return 0 if all(row.is_reached is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
