"""The drill of the continuous copy of SQLite: it dies and the site returns to a moment."""

import os
import shutil
import signal
import sys
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from college_site.sqlite_copy.log import WHOLE
from college_site.sqlite_copy.restoring import MARGIN
from feedback.models import Suggestion
from tests import factories
from tests.bench.databases import scratch_databases, use
from tests.drill.trial import TOPIC, empty_database, run, tell
from tests.stress import kills
from tests.stress.site import Site, database_url

TIMEOUT = 300  # seconds
AFTER = MARGIN + timedelta(seconds=5)  # people write on after the moment


def return_to_moments(folder, size):
    """What is wrong after returns to a moment between two writes and to the newest state."""
    copies = folder / "copies"
    before, moment, newest = write_and_die(folder / "copied", copies, size)
    with returned(folder / "moment", copies, f"--moment={moment:%Y-%m-%d %H:%M:%S.%f%z}"):
        yield from check_all(before)
        late = Suggestion.objects.filter(received_at__gt=moment + MARGIN).count()
        if late:
            yield f"{late} suggestions are later than {MARGIN.seconds} s after the moment"
        found = Suggestion.objects.count()
        tell(f"{len(before)} acknowledged before the moment, {found} returned to it")
    with returned(folder / "newest", copies):
        yield from check_all(before)
        lost = newest - find_newest()
        tell(f"the newest state lacks the last {lost.total_seconds():.1f} s before the end")


def check_all(acknowledged):
    for entries in acknowledged:
        yield from kills.check_suggestion(entries)


def find_newest():
    return Suggestion.objects.aggregate(newest=Max("received_at"))["newest"]


def write_and_die(folder, copies, size):
    """(acknowledged before the moment, moment, newest row) of a site that was copied until it died.

    Nobody writes at the moment itself: what is acknowledged just before it is clear.
    """
    folder.mkdir()
    with scratch_databases("drill_copy"):
        use("drill_copy")
        topic, consent = factories.suggestion_topic(title=TOPIC).pk, factories.consent().version
        with Site(folder, database_url(connection.settings_dict)) as site:
            copy = start_copy(site, copies)
            with writing(site, topic, consent) as visitors:
                visitors.wait_for(size)
            wait_for_copy(folder, copy)
            moment = timezone.localtime()
            with writing(site, topic, consent) as later:
                while timezone.localtime() < moment + AFTER:
                    later.wait_for(len(later.acknowledged) + 1)
                kill_group(copy)
                newest = find_newest()
    shutil.rmtree(folder)
    return visitors.acknowledged, moment, newest


@contextmanager
def writing(site, topic, consent):
    visitors = kills.Visitors(site.address, topic, consent)
    visitors.begin()
    try:
        yield visitors
    finally:
        visitors.end()


def start_copy(site, copies):
    site.environment["SQLITE_COPY"] = str(copies)
    return site.command("copy_database", start_new_session=True)


def wait_for_copy(folder, copy):
    """Wait until the process `copy` has seen that the copy holds what is committed now."""
    begin = seen = time.time()
    for _ in range(2):  # the first look may have begun before
        while (found := find_time(folder / "sqlite_copy" / WHOLE)) <= seen:
            if copy.poll() is not None or time.time() > begin + TIMEOUT:
                sys.exit("manage.py copy_database ended, or the copy was not whole in time.")
            time.sleep(0.1)
        seen = found


def find_time(path):
    return path.stat().st_mtime if path.exists() else 0


def kill_group(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def returned(folder, copies, *options):
    """This process is connected to the database that restore_copy brought back."""
    folder.mkdir()
    with empty_database(folder) as url:
        site = Site(folder, url)
        run(site, "restore_copy", *options, SQLITE_COPY=str(copies))
        site.listener.close()
        yield
