"""Restores the site from an archive of `backup`, or with --drill only tries to."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from college_site.backup.keys import load_identities
from college_site.backup.making import staging_folder
from college_site.backup.restoring import restore_archive
from college_site.backup.runs import note
from college_site.backup.verifying import verify_archive
from college_site.models import BackupRun


class Command(BaseCommand):
    help = "Restores database, files and receipt key into an empty DATA_DIR and an empty database."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path, help="portal-….tar.age")
        parser.add_argument(
            "--identity",
            required=True,
            metavar="FILE",
            help="the file with the college's key; - reads it from standard input",
        )
        parser.add_argument(
            "--drill",
            action="store_true",
            help="change nothing: open the archive, restore its database beside the site, compare",
        )

    def handle(self, *args, archive, identity, drill, **options):
        if not archive.is_file():
            raise CommandError(
                f"{archive}: found no file, expected an archive of manage.py backup."
            )
        identities = load_identities(identity)
        if drill:
            self.try_archive(archive, identities)
        else:
            manifest = restore_archive(archive, identities)
            self.stdout.write(f"Restored what was there at {manifest['made_at']}.")
            self.stdout.write(
                "settings.json of the archive names its settings without secrets. Now run "
                "manage.py migrate, then start the site."
            )

    def try_archive(self, archive, identities):
        kind = BackupRun.Kind.DRILL
        try:
            with staging_folder() as scratch:
                manifest = verify_archive(archive, identities, scratch)
        except CommandError as error:
            note(kind, archive=archive.name, problem=str(error))
            raise
        note(kind, archive=archive.name, size=archive.stat().st_size)
        self.stdout.write(f"Whole: it can be restored as of {manifest['made_at']}.")
