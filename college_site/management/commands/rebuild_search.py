"""Rebuilds the search indexes of all apps."""

from django.core.management.base import BaseCommand

from college_site.http.conditional_get import invalidate
from college_site.registry import registry


class Command(BaseCommand):
    help = "Rebuilds the search indexes; the site can stay online."

    def handle(self, *args, verbosity, **options):
        for app, rebuild in registry.search_indexes.items():
            count = 0
            for count in rebuild():
                if verbosity > 1:
                    self.stdout.write(f"{app}: {count} texts indexed so far.")
            self.stdout.write(f"{app}: {count} texts indexed.")
        invalidate()
