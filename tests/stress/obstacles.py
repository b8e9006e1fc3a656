"""A locked database and a full disk: pages stay readable, and no text is lost."""

import sqlite3
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from feedback.models import Suggestion, SuggestionTopic
from feedback.receipts.codes import submission_hash
from tests.stress.site import Site
from tests.stress.visitor import FORM, TIMEOUT, Visitor, submission_key, suggestion

READ = ("/", "/news/", "/feedback/", FORM, "/feedback/answers/")
TEXT = "Этот текст не должен пропасть, что бы ни случилось."
DISK = 48  # megabytes, the size of the disk that is filled up


def locked_database(site, seconds):
    """(summary, faults) of a database that is locked for writing for `seconds`."""
    topic = SuggestionTopic.objects.create(title="Под замком")
    visitor = Visitor(site.address)
    visitor.open_form()
    entries = suggestion(topic.pk, TEXT)
    with lock_database(seconds):
        faults = [*find_refusal_faults(visitor, entries), *find_reading_faults(visitor)]
    if visitor.send(entries).status != 303:
        faults.append("after the lock the same form was refused, expected 303")
    stored = Suggestion.objects.with_submission_key(submission_key(entries)).count()
    if stored != 1:
        faults.append(f"{stored} suggestions are stored, expected 1")
    return f"locked for {seconds} s", faults


@contextmanager
def lock_database(seconds):
    """Lock the database from another connection for `seconds`, even if the block ends earlier."""
    is_locked = threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:  # IMMEDIATE in SQLite
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE feedback_suggestion IN EXCLUSIVE MODE")
            is_locked.set()
            time.sleep(seconds)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    if not is_locked.wait(TIMEOUT):
        raise RuntimeError(f"The database could not be locked within {TIMEOUT} seconds.")
    yield
    holder.join()


def full_disk(site, _):
    """(summary, faults) of a site with a full disk; needs SQLite and root."""
    if connection.vendor != "sqlite":
        return "not tried: the database server has a disk of its own", []
    with tempfile.TemporaryDirectory() as folder, small_disk(folder) as is_mounted:
        if not is_mounted:
            return "not tried: only root may mount a small disk", []
        path = Path(folder) / "db.sqlite3"
        copy_database(path)
        with Site(folder, f"sqlite:///{path}") as small:
            return f"a disk of {DISK} MB filled to the last byte", try_full_disk(small, path)


def try_full_disk(site, database):
    visitor = Visitor(site.address)
    visitor.open_form()
    topic = SuggestionTopic.objects.values_list("pk", flat=True).first()
    entries = suggestion(topic, TEXT)
    filler = database.with_name("filler")
    fill(filler)
    faults = [*find_refusal_faults(visitor, entries), *find_reading_faults(visitor)]
    filler.unlink()
    if visitor.send(entries).status != 303:
        faults.append("after space was freed the same form was refused, expected 303")
    with sqlite3.connect(database) as copy:
        query = "SELECT count(*) FROM feedback_suggestion WHERE submission_hash = ?"
        [[stored]] = copy.execute(query, [submission_hash(submission_key(entries))])
    if stored != 1:
        faults.append(f"{stored} suggestions are stored, expected 1")
    return faults


@contextmanager
def small_disk(folder):
    """Mount a small disk at the folder; yields whether that succeeded."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", folder]
    try:
        is_mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def copy_database(path):
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()


def fill(path):
    """Fill the disk to the last byte."""
    with path.open("wb", buffering=0) as filler:
        for size in (2**20, 2**12, 1):
            try:
                while filler.write(b"\0" * size):
                    pass
            except OSError:
                continue


def find_refusal_faults(visitor, entries):
    """Yield what is wrong with the response to a form that cannot be stored."""
    answer = visitor.send(entries)
    if answer.status != 503 or "retry-after" not in answer.headers:
        yield f"sending was answered {answer.status}, expected 503 with Retry-After"
    if entries["text"] not in answer.text:
        yield "the text is not in the answer, expected it in the form"


def find_reading_faults(visitor):
    """Yield the pages that do not respond with 200."""
    for path in READ:
        status = visitor.request("GET", path).status
        if status != 200:
            yield f"{path} was answered {status}, expected 200"
