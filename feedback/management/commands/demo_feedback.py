"""Fill an empty suggestion box with demo suggestions."""

from django.core.management.base import BaseCommand
from django.db import transaction

from feedback.demo.content import fill
from feedback.models import Suggestion, SuggestionTopic


class Command(BaseCommand):
    help = "Adds demo topics, a consent and suggestions, unless there are some already."

    def handle(self, *args, **options):
        if Suggestion.objects.exists() or SuggestionTopic.objects.exists():
            self.stdout.write("Suggestions: there are some already, nothing added.")
            return
        with transaction.atomic():
            count = fill()
        self.stdout.write(f"Suggestions: {count} demo suggestions added.")
