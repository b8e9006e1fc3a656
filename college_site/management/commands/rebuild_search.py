"""Rebuild the search indexes of the apps."""

from django.core.management.base import BaseCommand

from college_site.http.conditional_get import invalidate
from college_site.registry import registry


class Command(BaseCommand):
    help = "Rebuilds the search indexes; the site may serve meanwhile."

    def handle(self, *args, verbosity, **options):
        for app, rebuild in registry.search_indexes.items():
            done = 0
            for done in rebuild():
                if verbosity > 1:
                    self.stdout.write(f"{app}: {done} texts indexed so far.")
            self.stdout.write(f"{app}: {done} texts indexed.")
        invalidate()
