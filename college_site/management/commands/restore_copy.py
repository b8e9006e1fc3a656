"""Brings the database back from the copy that follows each second."""

import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from college_site.management.commands.copy_database import refuse_without_place
from college_site.sqlite_copy.restoring import restore_copy


class Command(BaseCommand):
    help = (
        "Restores the database from SQLITE_COPY into an empty place: the newest state, or that of "
        "a moment of the last day. manage.py restore brings files and receipt key."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--moment",
            type=parse_moment,
            metavar='"2026-11-29 14:03:10"',
            help="in the college's time zone: everything before it returns, and nothing that is "
            "more than ten seconds later",
        )

    def handle(self, *args, moment, **options):
        refuse_without_place()
        name = restore_copy(moment)
        self.stdout.write(f"Restored from the copy that began at {name}.")
        self.stdout.write("Now run manage.py migrate, then start the site.")


def parse_moment(text):
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Found {text}, expected a moment as 2026-11-29 14:03:10.") from error
    return moment if moment.tzinfo else timezone.make_aware(moment)
