"""What the benches in a browser print and keep: a table in Markdown, pictures of pages."""

import os
from typing import NamedTuple


class Row(NamedTuple):
    what: str
    goal: str
    found: str
    is_reached: bool


def print_table(rows, conditions):
    """The rows below a line that says under which conditions they were measured."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{conditions}, load {load}\n")
    print("| | to reach | measured | reached |\n|---|---|---|---|")
    for row in rows:
        verdict = ("yes" if row.is_reached else "NO") if row.goal else ""
        print(f"| {row.what} | {row.goal} | {row.found} | {verdict} |")


def take_screenshot(page, folder, name, width):
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
