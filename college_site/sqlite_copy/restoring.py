"""Returns to a moment of the last day from the copy."""

import subprocess
import tempfile
from datetime import UTC, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from college_site.backup.databases import FILES, is_empty
from college_site.backup.restoring import restore_database
from college_site.sqlite_copy.generations import list_generations, read_moment
from college_site.sqlite_copy.litestream import (
    database_path,
    find_program,
    make_environment,
    write_configuration,
)
from college_site.sqlite_copy.log import COPYING, locked

# What is committed at a moment is copied a second later and joined with its neighbours.
MARGIN = timedelta(seconds=10)


def restore_copy(moment=None):
    """Restore the database as of the moment or up to ten seconds later, or the newest state.

    Returns the name of the generation.
    """
    if not is_empty():
        raise CommandError(
            "The database: found tables, expected an empty one. End the site's services and move "
            "db.sqlite3, db.sqlite3-wal and db.sqlite3-shm away."
        )
    with locked(COPYING, within=0) as lock:
        if lock is None:
            raise CommandError("Found a copy being made, expected none: end portal-copy.service.")
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as folder:
            target = Path(folder) / FILES["sqlite"]
            name = fetch(target, moment)
            restore_database(target)
    return name


def fetch(target, moment):
    """Write the state of the moment from the generation that had begun; returns its name."""
    reason = "no generation that had begun by then"
    for name in reversed(list_generations()):
        if moment and read_moment(name) > moment:
            continue
        reason = run_restore(name, target, moment)
        if not reason:
            return name
        target.unlink(missing_ok=True)
    raise CommandError(
        f"Found nothing to restore in SQLITE_COPY ({reason}), expected a copy of that moment. It "
        "reaches back a day, and no further than the last destruction of personal data."
    )


def run_restore(name, target, moment):
    """What litestream says is wrong; "" if it restored."""
    options = ["-config", write_configuration(name), "-no-expand-env", "-integrity-check", "quick"]
    if moment:
        until = (moment + MARGIN).astimezone(UTC)
        options += ["-timestamp", f"{until:%Y-%m-%dT%H:%M:%S.%fZ}"]
    done = subprocess.run(
        [find_program(), "restore", *options, "-o", str(target), database_path()],
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""
