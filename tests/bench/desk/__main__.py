"""Fills the table of the desk's goals in a browser, as the deputy director would.

A scratch site is served by `manage.py serve` with a mail server beside it, Chromium is driven on
the same machine. Measured in one run, on whatever machine this is; compare on one machine only.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import Error, expect, sync_playwright

from tests.bench.table import Row, print_table

os.environ.setdefault("LOCAL_RUN", "True")
os.environ.setdefault("DATA_DIR", "var/bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
django.setup()

from tests.bench.desk import answers, day, faults, keyboard  # noqa: E402 - they need the models
from tests.bench.desk.clerk import Album  # noqa: E402 - likewise
from tests.bench.desk.site import serve  # noqa: E402 - likewise

SECONDS = 60  # to wait for anything
FLAGS = ["--no-sandbox", "--disable-gpu"]
STEPS = {
    "start": day.open_desk,
    "work": day.work,
    "merge": answers.merge,
    "answer": answers.answer,
    "publish": answers.publish,
    "promise": answers.fulfil,
    "keyboard": keyboard.use_keys_only,
    "network": faults.cut_network,
    "login": faults.end_login,
    "colleague": faults.meet_colleague,
    "closed": faults.close_tab,
}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.desk", description=__doc__)
    parser.add_argument("--width", type=int, default=1280, help="of the window, such as 360")
    parser.add_argument("--screenshots", type=Path, help="a folder for pictures of each page")
    parser.add_argument("--only", nargs="*", choices=STEPS, help="of the scenarios")
    options = parser.parse_args()
    expect.set_options(timeout=SECONDS * 1000)
    with (
        tempfile.TemporaryDirectory() as data,
        serve(data) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        rows = measure(browser, site, options)
        browser.close()
    print_table(rows, f"a window of {options.width} px")
    sys.exit(0 if all(row.is_reached for row in rows) else 1)


def measure(browser, site, options):
    """The Rows of all scenarios, each in a context of its own."""
    rows = []
    for name, step in STEPS.items():
        if options.only and name not in options.only:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        size = {"width": options.width, "height": 900}
        context = browser.new_context(viewport=size, locale="ru-RU")
        context.set_default_timeout(SECONDS * 1000)
        album = Album(options.screenshots, options.width)
        try:
            rows += step(context, site, album)
        except (Error, AssertionError) as failure:
            album.shoot(context.pages[-1], f"failed-{name}")
            rows.append(Row(name, "can be done", " ".join(str(failure).split())[:200], False))
        context.close()
    return rows


if __name__ == "__main__":
    main()
