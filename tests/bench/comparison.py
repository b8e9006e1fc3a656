"""Compares response times with a small and a large database."""

import argparse
import sys
import time

from django.core.management import call_command
from django.db import connection

from college_site.sqlite import analyze
from tests.bench import posts, suggestions
from tests.bench.databases import scratch_databases, use
from tests.bench.measurement import MAX_QUERIES, measure

BENCHES = [posts, suggestions]  # modules with LARGE, GOALS, fill(count) and pages()
SMALL = 100
GOAL = 1.5  # the default limit for the ratio of response times on the large and small database


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measures pages on scratch databases of 100 and of very many rows.",
    )
    parser.add_argument("--large", type=int, help="rows of the large databases")
    parser.add_argument("--only", choices=["posts", "suggestions"], help="one of the benches")
    options = parser.parse_args(arguments)
    call_command("collectstatic", interactive=False, verbosity=0)
    slow_pages = []
    for bench in BENCHES:
        if options.only and not bench.__name__.endswith(options.only):
            continue
        sizes = {"small": SMALL, "large": options.large or bench.LARGE}
        with scratch_databases(*sizes):
            slow_pages += compare(bench, sizes)
    if slow_pages:
        sys.exit(f"Found pages that miss their goal: {', '.join(slow_pages)}.")


def compare(bench, sizes):
    """Measure and print the pages of a bench; returns the names of those that miss their goal."""
    pages = {}
    for name, size in sizes.items():
        use(name)
        start = time.perf_counter()
        bench.fill(size)
        gather_statistics()
        pages[name] = bench.pages()
        print(f"{name}: {size} rows made in {time.perf_counter() - start:.0f} s", flush=True)
    found = measure(pages)
    print(f"{'page':34} queries  p50 ms        p99 ms        ratio of p50")
    rows = [(page, found["small"][page], found["large"][page]) for page in pages["small"]]
    return [row[0] for row in rows if not print_row(*row, bench.GOALS.get(row[0], GOAL))]


def gather_statistics():
    """What the worker does on SQLite, and autovacuum on PostgreSQL."""
    analyze()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def print_row(page, small, large, goal):
    """Print the measurements of one page; returns whether it reaches its goal."""
    queries = max(small.queries, large.queries)
    ratio = large.p50 / small.p50
    is_reached = queries <= MAX_QUERIES and ratio <= goal
    verdict = "reached" if is_reached else "MISSED"
    print(
        f"{page:34} {small.queries:2} {large.queries:2}  {small.p50:6.1f} {large.p50:6.1f}"
        f" {small.p99:6.1f} {large.p99:6.1f}  {ratio:5.2f} (goal {goal:g}: {verdict})",
        flush=True,
    )
    return is_reached
