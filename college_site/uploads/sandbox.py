"""Decodes files of other people in processes of their own, a few at a time on the machine.

sandbox_entry.py is what runs there; this module starts it. Only some threads of a web server may
clean files, so that the others go on serving pages, and all processes of the machine together
decode only so many files at a time, each under the lock of a file in DATA_DIR. A request that gets
no turn ends with SandboxBusy, at once or after some seconds.
"""

import fcntl
import json
import logging
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
FILE_SECONDS = 25  # for one file, of which the processor may work for half
POLL = 0.05  # seconds between two looks for a free decoder
MOST_FACTS = 4096  # bytes
SPARE = 2 * 1024 * 1024  # bytes that a cleaned file may have besides four times those of the upload
UNREADABLE = "Файл не удалось проверить. Сохраните его иначе, например как PDF или JPEG."
BUSY = "Сейчас проверяется много других файлов. Подождите минуту и загрузите файлы снова."
OUT_OF_TIME = "Файл не проверен: на все файлы вместе не хватило времени. Загрузите его ещё раз."
FACTS = {  # what a job tells of a cleaned file
    "visitor_file": {"content_type": str, "lost": str},
    "picture": {"width": int, "height": int, "lost": str, "fingerprint": str, "master_bytes": int},
    "document": {"kind": str, "pages": int | None},
    "word": {"pictures": int},
}
PROCESSES = {  # of jobs that load more, or less
    "picture": "college_site.uploads.pictures.picture_process",
    "word": "college_site.uploads.word.sandbox_process",
}


class SandboxBusy(Exception):
    """So many files are cleaned now that this one got no turn."""


class Lane:
    """A share in the decoders: `settings.DECODERS[name]` of them on the machine.

    In each process at most `threads` requests clean files. One waits for a decoder up to `patience`
    seconds, and may take `budget` seconds in all.
    """

    def __init__(self, name, threads, patience, budget):
        self.name, self.patience, self.budget = name, patience, budget
        self.threads = threading.BoundedSemaphore(threads)

    @contextmanager
    def turn(self):
        """The Turn of one request; raises SandboxBusy if too many have one."""
        if not self.threads.acquire(blocking=False):
            raise SandboxBusy
        try:
            yield Turn(self, time.monotonic() + self.budget)
        finally:
            self.threads.release()

    @contextmanager
    def decoder(self, deadline):
        """The descriptor of a locked file, which stands for a decoder; raises SandboxBusy.

        The process that decodes inherits it: the kernel unlocks the file once all have ended.
        """
        folder = settings.DATA_DIR / "decoders"
        folder.mkdir(mode=0o750, exist_ok=True)
        while (descriptor := self.lock_one(folder)) is None:
            if time.monotonic() > deadline:
                raise SandboxBusy
            time.sleep(POLL)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def lock_one(self, folder):
        """The descriptor of a lock in the folder that was free, or None."""
        for number in range(settings.DECODERS[self.name]):
            flags = os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC
            descriptor = os.open(folder / f"{self.name}-{number}.lock", flags, 0o640)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
            except BlockingIOError:
                os.close(descriptor)
        return None


VISITORS = Lane("visitors", threads=3, patience=5, budget=30)
STAFF = Lane("staff", threads=3, patience=60, budget=180)


@contextmanager
def staff_turn():
    """A turn of STAFF; where there is none, a ValidationError for the form says so."""
    try:
        with STAFF.turn() as turn:
            yield turn
    except SandboxBusy as error:
        raise ValidationError(BUSY, code="busy") from error


@dataclass(frozen=True)
class Turn:
    """The turn of one request, which may clean files until its deadline."""

    lane: Lane
    deadline: float

    def clean(self, job, content, limit, *options, spare=SPARE):
        """(facts, bytes) of the cleaned file, which has at most `limit` bytes.

        Raises ValidationError, in words for the uploader, and SandboxBusy.
        """
        now = time.monotonic()
        if now > self.deadline:
            raise ValidationError(OUT_OF_TIME, code="out_of_time")
        most = most_cleaned(len(content), limit, spare)
        command = [job, str(most), *map(str, options)]
        with self.lane.decoder(min(now + self.lane.patience, self.deadline)) as lock:
            output = run(command, content, most, lock)
        return read_answer(job, output)


def most_cleaned(size, limit, spare=SPARE):
    """How many bytes a cleaned file may have whose upload had `size`."""
    return min(limit, 4 * size + spare)


def run(command, content, most, *descriptors):
    """The output of the process, or b"" if it failed, took too long or wrote too much."""
    module = PROCESSES.get(command[0], "college_site.uploads.sandbox_process")
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", module, *command],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=descriptors,
            cwd=PROJECT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
        )
    with process:
        output = read_limited(process.stdout, MOST_FACTS + most, FILE_SECONDS)
        if output is None:
            process.kill()
    if process.returncode:
        logger.warning("The sandbox ended with status %s.", process.returncode)
    return b"" if process.returncode else output


def read_limited(pipe, most, seconds):
    """All that the pipe gives, or None if it is more than `most` bytes or takes too long."""
    output, deadline = bytearray(), time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while len(output) <= most and selector.select(max(0, deadline - time.monotonic())):
            block = os.read(pipe.fileno(), 2**16)
            if not block:
                return bytes(output)
            output += block
    return None


def read_answer(job, output):
    """(facts, bytes) of an output; raises ValidationError if it is a refusal or makes no sense."""
    line, _, content = output.partition(b"\n")
    try:
        facts = json.loads(line)
        if "message" in facts:
            raise ValidationError(str(facts["message"]), code=str(facts["code"]))
        if all(isinstance(facts[name], kind) for name, kind in FACTS[job].items()):
            return facts, content
    except (ValueError, KeyError, TypeError):
        pass
    raise ValidationError(UNREADABLE, code="unreadable")


def describe_protection():
    """What keeps the sandbox from files, network and processes here: names, e.g. "seccomp"."""
    output = run(["describe"], b"", 0)
    return json.loads(output)["in_force"] if output else []
