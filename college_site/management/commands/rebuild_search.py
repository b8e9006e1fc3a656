"""Write the search indexes of the apps anew."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from college_site.pages.conditional_get import invalidate


class Command(BaseCommand):
    help = "Writes the search indexes anew; the site may serve meanwhile."

    def handle(self, *args, verbosity, **options):
        for path in settings.SEARCH_INDEXES:
            app = path.partition(".")[0]
            done = 0
            for done in import_string(path)():
                if verbosity > 1:
                    self.stdout.write(f"{app}: {done} texts indexed so far.")
            self.stdout.write(f"{app}: {done} texts indexed.")
        invalidate()
