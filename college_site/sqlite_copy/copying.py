"""Runs litestream, one generation after the other."""

import datetime
import logging
import shutil
import subprocess
import time

from django.core.management.base import CommandError
from django.utils import timezone

from college_site.sqlite import truncate_wal
from college_site.sqlite_copy.generations import make_name, prune
from college_site.sqlite_copy.litestream import (
    SOCKET,
    database_path,
    find_program,
    make_environment,
    write_configuration,
)
from college_site.sqlite_copy.log import (
    COPYING,
    FORGET,
    STOP_WITHIN,
    WHOLE,
    is_asked_for,
    locked,
    read_time,
    working_folder,
)

logger = logging.getLogger(__name__)

LOOK_EVERY = 5  # seconds
LOOK_WITHIN = 60  # seconds
LONGEST = datetime.timedelta(hours=6)  # a generation; its log is emptied at its end
TICK = 0.2


def copy_forever():
    while True:
        while is_asked_for():
            time.sleep(TICK)
        with locked(COPYING, within=STOP_WITHIN) as lock:
            if lock is None:
                raise CommandError(
                    "Another process copies the database or empties its log, expected none: end "
                    "the other manage.py copy_database."
                )
            if not is_asked_for():
                with Generation(lock) as generation:
                    generation.watch()


class Generation:
    """A run of litestream within a `with` block. It holds the lock, too: if this process is killed
    it still copies."""

    def __init__(self, lock):
        self.lock = lock
        self.look, self.looked_at = None, time.monotonic()

    def __enter__(self):
        truncate_wal()
        shutil.rmtree(working_folder() / "meta", ignore_errors=True)
        self.began_at = timezone.now()
        configuration = write_configuration(make_name(self.began_at))
        self.process = subprocess.Popen(
            [find_program(), "replicate", "-config", configuration, "-no-expand-env"],
            env=make_environment(),
            cwd=working_folder(),
            pass_fds=[self.lock.fileno()],
            stdin=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *_):
        """What the last second brought is in the snapshot with which the next generation begins."""
        for process in filter(None, [self.look, self.process]):
            process.kill()
            process.wait()

    def watch(self):
        """Return when the next generation is due; raise CommandError if litestream ended."""
        while not self.is_over():
            if self.process.poll() is not None:
                raise CommandError("litestream ended: the reason stands above.")
            self.look_after()
            time.sleep(TICK)

    def is_over(self):
        is_stale = read_time(FORGET) > self.began_at.timestamp()
        return is_stale or is_asked_for() or timezone.now() - self.began_at > LONGEST

    def look_after(self):
        """Ask litestream now and then whether everything committed is in the copy."""
        if self.look and self.look.poll() is not None:
            if self.look.returncode == 0:
                self.settle()
            else:
                logger.warning("The copy is behind: litestream says why.")
            self.look = None
        if self.look is None and time.monotonic() - self.looked_at > LOOK_EVERY:
            self.looked_at = time.monotonic()
            options = ["-wait", "-timeout", str(LOOK_WITHIN), "-socket", SOCKET]
            self.look = subprocess.Popen(
                [find_program(), "sync", *options, database_path()],
                cwd=working_folder(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def settle(self):
        """The copy is whole: the earlier generations may go."""
        forget = datetime.datetime.fromtimestamp(read_time(FORGET), datetime.UTC)
        try:
            prune(timezone.now(), forget)
        except Exception as error:  # of a disk or a bucket; the copy goes on, its age tells
            logger.warning("Earlier copies could not be deleted: %s", type(error).__name__)
            return
        (working_folder() / WHOLE).touch()
