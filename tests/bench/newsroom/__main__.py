"""Fills the table of the newsroom's goals in a browser, as a teacher would.

A scratch site is served by `manage.py serve`, Chromium is driven on the same machine. Measured in
one run, on whatever machine this is; compare on one machine only.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import expect, sync_playwright

from tests.bench.table import print_table, take_screenshot

os.environ.setdefault("LOCAL_RUN", "True")
os.environ.setdefault("DATA_DIR", "var/bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
django.setup()

from tests.bench.newsroom import load, scenarios  # noqa: E402 - the makers of Word files need models
from tests.bench.newsroom.site import serve  # noqa: E402 - likewise
from tests.bench.newsroom.teacher import make_photograph, make_word_file  # noqa: E402 - likewise

SECONDS = 300  # to wait for anything
FLAGS = ["--no-sandbox", "--disable-gpu"]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.newsroom", description=__doc__)
    parser.add_argument("--photos", type=int, default=40, help="at least 12")
    parser.add_argument("--width", type=int, default=1280, help="of the window, such as 360")
    parser.add_argument("--screenshots", type=Path, help="a folder for pictures of each page")
    parser.add_argument(
        "--only",
        nargs="*",
        help="of report, network, broken, huge, login, tabs, closed, word, keys, reads",
    )
    options = parser.parse_args()
    expect.set_options(timeout=SECONDS * 1000)
    with (
        tempfile.TemporaryDirectory() as data,
        tempfile.TemporaryDirectory() as folder,
        serve(data) as site,
        sync_playwright() as playwright,
    ):
        photographs = [make_photograph(folder, number) for number in range(options.photos)]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        rows = measure(browser, site, photographs, Path(folder), options)
        browser.close()
    print_table(rows, f"{options.photos} photographs, a window of {options.width} px")
    sys.exit(0 if all(row.is_reached for row in rows) else 1)


def measure(browser, site, photographs, folder, options):
    """The Rows of all scenarios, each in a context of its own."""
    word_file, album = make_word_file(folder), make_word_file(folder, photographs[:10])
    steps = {
        "report": lambda context: scenarios.publish_report(context, site, word_file, photographs),
        "network": lambda context: [scenarios.cut_network(context, site, photographs)],
        "broken": lambda context: [scenarios.send_broken(context, site, photographs, folder)],
        "huge": lambda context: [scenarios.choose_huge(context, site, folder)],
        "login": lambda context: [scenarios.end_login(context, site, photographs)],
        "tabs": lambda context: [scenarios.use_two_tabs(context, site)],
        "closed": lambda context: [scenarios.close_unsaved(context, site, photographs)],
        "word": lambda context: [scenarios.import_album(context, site, album, 10)],
        "keys": lambda context: load.type_in_long_post(context, site),
        "reads": lambda context: [load.send_reads(site)],
    }
    rows = []
    for name, step in steps.items():
        if options.only and name not in options.only:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        size = {"width": options.width, "height": 900}
        context = browser.new_context(viewport=size, locale="ru-RU")
        context.set_default_timeout(SECONDS * 1000)
        rows += step(context)
        if context.pages:
            take_screenshot(context.pages[-1], options.screenshots, name, options.width)
        context.close()
    return rows


if __name__ == "__main__":
    main()
