"""Copies SQLite second by second to SQLITE_COPY, until it is ended."""

import signal
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from college_site.sqlite_copy.copying import copy_forever


class Command(BaseCommand):
    help = "Copies the SQLite database second by second to SQLITE_COPY, until it is ended."

    def handle(self, *args, **options):
        refuse_without_place()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        copy_forever()


def refuse_without_place():
    if settings.SQLITE_COPY is None:
        raise CommandError(
            "SQLITE_COPY: found none, expected a folder or a bucket. .env.example explains it."
        )
