"""The site under test: gunicorn as in production, with scratch data."""

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

TIMEOUT = 60  # seconds for the first response after a start
LOG_BYTES = 2000  # the part of the log that an error message shows


def database_url(database):
    """The DATABASE_URL for an entry of settings.DATABASES."""
    if "sqlite" in database["ENGINE"]:
        return f"sqlite:///{database['NAME']}"
    user, password = quote(database["USER"] or "", ""), quote(database["PASSWORD"] or "", "")
    host, port = database["HOST"] or "localhost", database["PORT"] or 5432
    return f"postgres://{user}:{password}@{host}:{port}/{database['NAME']}"


class Site:
    """A server on a free port within a `with` block; `url` is its DATABASE_URL.

    This process owns the listening socket, so connections are queued while the server is dead.
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

    def command(self, *words, start_new_session=False, **variables):
        """Start manage.py with the site's environment and more variables; returns the Popen."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=start_new_session,
        )

    def start(self):
        descriptor = self.listener.fileno()
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        # Restarted workers would hide memory leaks.
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
        """Wait for the first response; raises RuntimeError with the end of the log otherwise."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(self.address, timeout=5) as connection:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if b" 200 " in connection.recv(64):
                    return
        raise RuntimeError(f"The site does not answer. Its log ends:\n{self.log_end()}")

    def log_end(self):
        """The end of the site's log."""
        size = os.fstat(self.log).st_size
        return os.pread(self.log, LOG_BYTES, max(0, size - LOG_BYTES)).decode(errors="replace")

    def kill(self):
        """Send SIGKILL to the whole process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_one(self, generator=random):
        """Send SIGKILL to one worker, which the master replaces; returns whether there was one."""
        workers = self.workers()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(generator.choice(workers), signal.SIGKILL)
        return bool(workers)

    def workers(self):
        """The process ids of the master's children."""
        return children(self.process.pid)

    def whole_memory(self):
        """Megabytes of the site's processes and their children; shared memory is counted once."""
        workers = self.workers()
        decoders = [number for worker in workers for number in children(worker)]
        return sum(
            proportional_memory(number) for number in [self.process.pid, *workers, *decoders]
        )

    def memory(self):
        """The resident memory of all processes in megabytes."""
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
    """Resident megabytes of a process, shared ones divided by its sharers; 0 if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0
