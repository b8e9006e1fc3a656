"""Makes the pair of keys of the backups: the college keeps one, the site gets the other."""

import pyrage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prints a new key that opens backups, for the college, and its public half for the site."
    requires_system_checks = []

    def handle(self, *args, **options):
        key = pyrage.x25519.Identity.generate()
        self.stdout.write(f"# public key: {key.to_public()}\n{key}")
        self.stderr.write(
            "Store the line that begins with AGE-SECRET-KEY-1 away from this server, twice and on "
            "paper too: without it no backup can be opened. It is shown only this once.\n"
            f"Then set BACKUP_RECIPIENTS={key.to_public()}"
        )
