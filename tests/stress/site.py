"""A site of its own for the trials: gunicorn as in production, on scratch data."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

PATIENCE = 60  # seconds for the site to answer after a start
LAST = 2000  # bytes of the log that are shown when something went wrong


def database_url(database):
    """DATABASE_URL of Django's settings of one database."""
    if "sqlite" in database["ENGINE"]:
        return f"sqlite:///{database['NAME']}"
    user, password = quote(database["USER"] or "", ""), quote(database["PASSWORD"] or "", "")
    host, port = database["HOST"] or "localhost", database["PORT"] or 5432
    return f"postgres://{user}:{password}@{host}:{port}/{database['NAME']}"


class Site:
    """Serves on a port of its own within a `with` block; `url` is its DATABASE_URL.

    Its socket belongs to this process, so that who calls while it is dead waits in the queue.
    """

    def __init__(self, folder, url):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.address = self.listener.getsockname()
        self.log = os.memfd_create("server.log")  # not on the site's disk, which a trial fills
        self.environment = {
            **os.environ,
            "LOCAL_RUN": "True",
            "TRUSTED_PROXIES": "1",
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "SECRET_KEY": settings.SECRET_KEY,
            "EMAIL_URL": "",
            "DJANGO_SETTINGS_MODULE": "college_site.settings",
        }
        self.process = None

    def __enter__(self):
        self.command("collectstatic", "--no-input", "--verbosity=0").wait()
        self.start()
        self.wait()
        return self

    def __exit__(self, *_):
        self.kill()
        self.listener.close()
        os.close(self.log)

    def command(self, *words, **variables):
        """A process of manage.py on the site's data, with more variables in its environment."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
        )

    def start(self):
        descriptor = self.listener.fileno()
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        # Workers that are replaced now and then would hide how much memory they take.
        command += ["--max-requests", "0"]
        self.process = subprocess.Popen(
            [*command, "--bind", f"fd://{descriptor}"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            pass_fds=[descriptor],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def wait(self):
        """Until the site answers; RuntimeError with the end of its log where it does not."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(self.address, timeout=5) as caller:
                caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if b" 200 " in caller.recv(64):
                    return
        raise RuntimeError(f"The site does not answer. Its log ends:\n{self.last_words()}")

    def last_words(self):
        """The end of the site's log."""
        size = os.fstat(self.log).st_size
        return os.pread(self.log, LAST, max(0, size - LAST)).decode(errors="replace")

    def kill(self):
        """SIGKILL to all of it at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_one(self, chance=random):
        """SIGKILL to one worker, which its master replaces; whether there was one."""
        workers = self.workers()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
        return bool(workers)

    def workers(self):
        """The process ids of the master's children."""
        return children(self.process.pid)

    def whole_memory(self):
        """Megabytes of the site's processes and of theirs, what they share counted once."""
        workers = self.workers()
        decoders = [number for worker in workers for number in children(worker)]
        return sum(
            proportional_memory(number) for number in [self.process.pid, *workers, *decoders]
        )

    def memory(self):
        """Resident megabytes of all its processes."""
        pages = 0
        for number in [self.process.pid, *self.workers()]:
            with suppress(FileNotFoundError, ProcessLookupError):
                pages += int(Path(f"/proc/{number}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def children(number):
    """The process ids of the children of all threads of a process."""
    found = []
    for path in Path(f"/proc/{number}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            found += map(int, path.read_text().split())
    return found


def proportional_memory(number):
    """Resident megabytes of a process, divided by how many share them; 0 if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0
