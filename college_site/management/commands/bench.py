"""How much slower pages become as the data grow."""

import time
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from college_site.bench import MOST_QUERIES, measured, scratch_databases, use

SMALL = 100
GOAL = 1.5  # how many times slower the large database may make a page, unless the bench says


class Command(BaseCommand):
    help = "Measures pages on scratch databases of 100 and of very many rows, and compares."

    def add_arguments(self, parser):
        parser.add_argument("--large", type=int, help="rows of the large databases")

    def handle(self, *args, large, **options):
        call_command("collectstatic", interactive=False, verbosity=0)
        missed = []
        for path in settings.BENCHES:
            bench = import_module(path)
            sizes = {"small": SMALL, "large": large or bench.LARGE}
            with scratch_databases(*sizes):
                missed += self.compare(bench, sizes)
        if missed:
            raise CommandError(f"Found pages that miss their goal: {', '.join(missed)}.")

    def compare(self, bench, sizes):
        """Measure and print the pages of a bench; those that miss their goal."""
        pages = {}
        for name, size in sizes.items():
            use(name)
            start = time.perf_counter()
            bench.fill(size)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            pages[name] = bench.pages()
            self.stdout.write(f"{name}: {size} rows made in {time.perf_counter() - start:.0f} s")
        found = measured(pages)
        self.stdout.write(f"{'page':34} queries  p50 ms        p99 ms        ratio of p50")
        rows = [(page, found["small"][page], found["large"][page]) for page in pages["small"]]
        return [row[0] for row in rows if not self.print_row(*row, bench.GOALS.get(row[0], GOAL))]

    def print_row(self, page, small, large, goal):
        """Print the numbers of one page; whether it keeps its goal."""
        queries = max(small.queries, large.queries)
        ratio = large.p50 / small.p50
        is_kept = queries <= MOST_QUERIES and ratio <= goal
        kept = "kept" if is_kept else "MISSED"
        self.stdout.write(
            f"{page:34} {small.queries:2} {large.queries:2}  {small.p50:6.1f} {large.p50:6.1f}"
            f" {small.p99:6.1f} {large.p99:6.1f}  {ratio:5.2f} (goal {goal:g}: {kept})"
        )
        return is_kept
