"""Verify the history of all suggestions; the first broken link ends it with exit code 1."""

import re

from django.core.management.base import BaseCommand, CommandError

from feedback.history.verification import BrokenLink, verify_history

ANCHOR = re.compile(r"^(?:[ \t>]*history:[ \t]*)?([0-9]{1,18}):([0-9a-f]{64})[ \t\r]*$", re.M)


class Command(BaseCommand):
    help = "Checks that no event of the history was changed, removed, added or moved."

    def add_arguments(self, parser):
        parser.add_argument(
            "--noted",
            action="append",
            default=[],
            metavar="FILE",
            help="a signed receipt, a letter or a list with heads such as 17:… of earlier days",
        )

    def handle(self, *args, **options):
        anchors = [anchor for path in options["noted"] for anchor in read_anchors(path)]
        try:
            found = verify_history(anchors)
        except BrokenLink as broken:
            raise CommandError(f"Broken. {broken}") from broken
        self.stdout.write(
            f"Whole: {found.events} events, {found.erased} of them erased. "
            f"Head: {found.events}:{found.link}"
        )


def read_anchors(path):
    """The pairs of position and link in a file; verify_receipt says if its signature is genuine."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            found = ANCHOR.findall(file.read())
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Cannot read {path}: {type(error).__name__}.") from error
    if not found:
        raise CommandError(f"{path}: found no head of the history, expected a line history: 17:….")
    return [(int(position), link) for position, link in found]
