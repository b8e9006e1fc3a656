"""The database is locked, the disk is full: reading goes on, and no text is lost."""

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
from tests.stress.visitor import FORM, PATIENCE, Visitor, key_of, suggestion

READ = ("/", "/news/", "/feedback/", FORM, "/feedback/answers/")
TEXT = "Этот текст не должен пропасть, что бы ни случилось."
DISK = 48  # megabytes of the disk that is filled up


def locked_database(site, seconds):
    """(figure, faults) of a database that nobody can write to for so many seconds."""
    topic = SuggestionTopic.objects.create(title="Под замком")
    visitor = Visitor(site.address)
    visitor.open_form()
    entries = suggestion(topic.pk, TEXT)
    with lock_for(seconds):
        found = [*refusal_faults(visitor, entries), *reading_faults(visitor)]
    if visitor.send(entries).status != 303:
        found.append("after the lock the same form was refused, expected 303")
    stored = Suggestion.objects.with_submission_key(key_of(entries)).count()
    if stored != 1:
        found.append(f"{stored} suggestions are stored, expected 1")
    return f"locked for {seconds} s", found


@contextmanager
def lock_for(seconds):
    """Hold the lock from another connection until the time is up, however soon the block ends."""
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
    if not is_locked.wait(PATIENCE):
        raise RuntimeError(f"The lock was not to be had within {PATIENCE} seconds.")
    yield
    holder.join()


def full_disk(site, _):
    """(figure, faults) of a site whose disk has no room left, where that can be tried."""
    if connection.vendor != "sqlite":
        return "not tried: the database server has a disk of its own", []
    with tempfile.TemporaryDirectory() as folder, small_disk(folder) as is_mounted:
        if not is_mounted:
            return "not tried: only root may mount a small disk", []
        path = Path(folder) / "db.sqlite3"
        copy_database(path)
        with Site(folder, f"sqlite:///{path}") as small:
            return f"a disk of {DISK} MB filled to the last byte", on_full_disk(small, path)


def on_full_disk(site, database):
    visitor = Visitor(site.address)
    visitor.open_form()
    topic = SuggestionTopic.objects.values_list("pk", flat=True).first()
    entries = suggestion(topic, TEXT)
    filler = database.with_name("filler")
    fill(filler)
    found = [*refusal_faults(visitor, entries), *reading_faults(visitor)]
    filler.unlink()
    if visitor.send(entries).status != 303:
        found.append("with room again the same form was refused, expected 303")
    with sqlite3.connect(database) as copy:
        query = "SELECT count(*) FROM feedback_suggestion WHERE submission_hash = ?"
        [[stored]] = copy.execute(query, [submission_hash(key_of(entries))])
    if stored != 1:
        found.append(f"{stored} suggestions are stored, expected 1")
    return found


@contextmanager
def small_disk(folder):
    """A small disk of its own at the folder; whether that was possible."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", folder]
    try:
        done = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        done = False
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "--lazy", folder], check=True)


def copy_database(path):
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()


def fill(path):
    """Write until the disk takes no byte more."""
    with path.open("wb", buffering=0) as filler:
        for size in (2**20, 2**12, 1):
            try:
                while filler.write(b"\0" * size):
                    pass
            except OSError:
                continue


def refusal_faults(visitor, entries):
    """What is wrong with the answer to a form that cannot be stored now."""
    answer = visitor.send(entries)
    if answer.status != 503 or "retry-after" not in answer.headers:
        yield f"sending was answered {answer.status}, expected 503 with Retry-After"
    if entries["text"] not in answer.text:
        yield "the text is not in the answer, expected it in the form"


def reading_faults(visitor):
    """What is wrong with the pages that are only read."""
    for path in READ:
        status = visitor.request("GET", path).status
        if status != 200:
            yield f"{path} was answered {status}, expected 200"
