"""Write the search index anew."""

from django.core.management.base import BaseCommand

from news.search.index import rebuild


class Command(BaseCommand):
    help = "Writes the search index anew; the site may serve meanwhile."

    def handle(self, *args, **options):
        done = 0
        for done in rebuild():
            if options["verbosity"] > 1:
                self.stdout.write(f"Search: {done} posts indexed so far.")
        self.stdout.write(f"Search: {done} posts indexed.")
