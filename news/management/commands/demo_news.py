"""Adds demo posts if there are no posts."""

from django.core.management.base import BaseCommand
from django.db import transaction

from news.demo.content import fill
from news.models import Post


class Command(BaseCommand):
    help = "Adds demo posts with pictures if there are no posts yet."

    def handle(self, *args, **options):
        if Post.objects.exists():
            self.stdout.write("News: there are posts already, nothing added.")
            return
        with transaction.atomic():
            count = fill()
        self.stdout.write(f"News: {count} demo posts added.")
