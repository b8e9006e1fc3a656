"""Destroy the personal data of suggestions whose time of storage has ended, or of one of them."""

import datetime

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction

from college_site.sqlite_copy.log import destroy_remains
from feedback.erasure.acts import write_papers
from feedback.erasure.purge import Reason, erase, erase_contact, sweep_files
from feedback.erasure.retention import find_due
from feedback.erasure.rewriting import rewrite_tables
from feedback.models import Event, Suggestion
from feedback.models.workflow.states import ERASURES

REST = {
    "sqlite": "Copies in backups remain until you replace these.",
    "postgresql": (
        "Old versions of rows and samples of their values remain in PostgreSQL's files, also after "
        "VACUUM, until it overwrites them: run this command with --rewrite. Its write-ahead log "
        "keeps them until it is recycled, an archive of it and backups until you delete these."
    ),
}
BATCH = 500


class Command(BaseCommand):
    help = "Destroys texts, letters, files and addresses of ended suggestions; writes the papers."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument("--suggestion", metavar="NUMBER", help="this one at once, as 2026-17")
        parser.add_argument("--contact", action="store_true", help="of it only the address")
        parser.add_argument("--papers-of", metavar="DAY", help="write the papers of a day again")
        parser.add_argument(
            "--rewrite",
            action="store_true",
            help="then rewrite the tables of PostgreSQL, which locks each for seconds",
        )

    def handle(self, *args, **options):
        if options["papers_of"]:
            return self.write_papers_of(options["papers_of"])
        if options["contact"] and not options["suggestion"]:
            raise CommandError("--contact needs --suggestion NUMBER.")
        if options["suggestion"]:
            due, reason = [find_suggestion(options["suggestion"])], Reason.DEMAND
        else:
            due, reason = find_due(), Reason.TERM
        if options["dry_run"]:
            return self.tell(due)
        destroy = erase_contact if options["contact"] else lambda row: erase(row, reason)
        while batch := list(due[:BATCH]):
            self.destroy(batch, destroy)
            due = due[len(batch) :] if options["suggestion"] else due.all()
        self.stdout.write(f"Files without a row deleted: {sweep_files()}.")
        if options["rewrite"] and connection.vendor == "postgresql":
            self.rewrite_tables()
        self.stdout.write(REST.get(connection.vendor, ""))
        transaction.on_commit(self.empty_log)

    def rewrite_tables(self):
        models = [*apps.get_app_config("feedback").get_models(), LogEntry]
        try:
            rewrite_tables(model._meta.db_table for model in models)
        except (OperationalError, TimeoutError) as error:
            raise CommandError(
                "Destroyed, but a table was in use and could not be rewritten. Expected a quiet "
                "hour: run the command again with --rewrite."
            ) from error
        self.stdout.write(f"Tables rewritten: {len(models)}.")

    def empty_log(self):
        if not destroy_remains():
            raise CommandError(
                "Destroyed, but SQLite's write-ahead log is being read and still holds the rows. "
                "Expected no long reading: run the command again in a minute."
            )
        if settings.SQLITE_COPY:
            self.stdout.write(
                "The continuous copy begins again; what it held before goes as soon as the new one "
                "stands, in about a minute. «Состояние сайта» says so if it does not."
            )

    def tell(self, due):
        rows = due if isinstance(due, list) else due.iterator(chunk_size=BATCH)
        count = 0
        for count, suggestion in enumerate(rows, start=1):
            self.stdout.write(f"{count}. {suggestion.number}")
        self.stdout.write(f"Would be destroyed: {count}. Nothing was changed.")

    def destroy(self, batch, destroy):
        """After a killed run only one batch lacks its papers, which --papers-of makes again."""
        events = [event for row in batch if (event := destroy(row))]
        self.stdout.write(f"Destroyed: {len(events)}.")
        if events:
            self.tell_papers(events)

    def write_papers_of(self, day):
        try:
            day = datetime.date.fromisoformat(day)
        except ValueError as error:
            raise CommandError(f"Found {day}, expected a day such as 2026-11-29.") from error
        kinds = {kind for kinds in ERASURES.values() for kind in kinds}
        events = Event.objects.filter(happened_at__date=day, kind__in=kinds).order_by("position")
        events = list(events.select_related("suggestion"))
        if not events:
            raise CommandError(f"On {day} nothing was destroyed.")
        self.tell_papers(events)

    def tell_papers(self, events):
        for path in write_papers(events, connection.vendor):
            self.stdout.write(f"To sign and to store for three years: {path}")


def find_suggestion(number):
    try:
        return Suggestion.objects.with_number(number).get()
    except (ValueError, OverflowError, Suggestion.DoesNotExist) as error:
        raise CommandError(f"Found {number}, expected a number such as 2026-17.") from error
