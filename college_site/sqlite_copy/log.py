"""Empties SQLite's write-ahead log, which holds what was deleted, beside a copy that reads it.

Two locks are files in DATA_DIR, so that the system releases them if a process is killed. COPYING
belongs to the run of litestream, ASKED to who wants it to end.
"""

import fcntl
import time
from contextlib import contextmanager

from django.conf import settings

from college_site.sqlite import truncate_wal

COPYING, ASKED = "copying.lock", "asked.lock"
FORGET = "forget"  # its time of change: what generations hold that began before must go
WHOLE = "whole"  # likewise: when the copy was last seen to hold everything
STOP_WITHIN = 20  # seconds, in which the copy ends if it is asked to
POLL = 0.05


def working_folder():
    """Where locks, litestream's own files and the time of the last look are."""
    path = settings.DATA_DIR / "sqlite_copy"
    path.mkdir(mode=0o750, exist_ok=True)
    return path


@contextmanager
def locked(name, kind=fcntl.LOCK_EX, *, within):
    """The locked file, or None if another process held the lock for all of these seconds."""
    end = time.monotonic() + within
    with (working_folder() / name).open("a") as file:
        while not (is_ours := take(file, kind)) and time.monotonic() < end:
            time.sleep(POLL)
        yield file if is_ours else None


def take(file, kind):
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def empty_log():
    """Empty the log unless the copy reads it: then the next generation begins with an empty one.

    For what expires by itself and is in the copy for a day anyway. Waiting for a reader would keep
    all writers waiting.
    """
    if settings.SQLITE_COPY is None:
        truncate_wal()
        return
    with locked(COPYING, within=0) as lock:
        if lock:
            truncate_wal()


def destroy_remains():
    """Empty the log and have the copy begin a new generation, with which the earlier ones go.

    For destroyed personal data; call it after the commit. Returns False if the log is still read.
    """
    if settings.SQLITE_COPY is None:
        return truncate_wal()
    with locked(ASKED, within=STOP_WITHIN) as asked:
        (working_folder() / FORGET).touch()
        if not asked:
            return False
        with locked(COPYING, within=STOP_WITHIN) as lock:
            return lock is not None and truncate_wal()


def is_asked_for():
    """Whether somebody waits for the copy to end."""
    with locked(ASKED, fcntl.LOCK_SH, within=0) as lock:
        return lock is None


def measure_age():
    """Seconds since the copy was last seen to be whole; None without a copy, or if it never was."""
    seen_at = settings.SQLITE_COPY and read_time(WHOLE)
    return max(0, time.time() - seen_at) if seen_at else None


def read_time(name):
    """When the file was last touched, in seconds since 1970; 0 if never."""
    try:
        return (working_folder() / name).stat().st_mtime
    except FileNotFoundError:
        return 0
