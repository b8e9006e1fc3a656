"""Reads that this process has counted and not stored yet.

A process stores them together, every ten seconds at most: a busy day must not make the writers of
suggestions wait for SQLite's only lock.
"""

import atexit
import logging
import time
from collections import Counter
from threading import Lock

from django.db import DatabaseError
from django.utils import timezone

from news.models import Reads

logger = logging.getLogger(__name__)

PAUSE = 10  # seconds
lock = Lock()
waiting = Counter()
stored_at = time.monotonic()


def count_read(post_key):
    """Count one more read of today; stores what waits if the last time is long enough ago."""
    with lock:
        waiting[post_key, timezone.localdate()] += 1
        is_due = time.monotonic() - stored_at >= PAUSE
    if is_due:
        store_waiting()


def store_waiting():
    """What cannot be stored now waits for the next time."""
    global stored_at
    with lock:
        counts = dict(waiting)
        waiting.clear()
        stored_at = time.monotonic()
    if not counts:
        return
    try:
        Reads.add(counts)
    except DatabaseError:
        logger.warning("Reads of %s posts could not be stored, will be retried", len(counts))
        with lock:
            waiting.update(counts)


atexit.register(store_waiting)  # the web server restarts its processes from time to time
