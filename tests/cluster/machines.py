"""Machines of the cluster, each with a folder, a web server and a worker of its own, and nginx."""

import base64
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

from django.conf import settings

from tests.nginx_site import DEPLOY, make_command, make_site

TIMEOUT = 180  # seconds for the first answer of a machine that starts


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Machine:
    """A web server and a worker in process groups of their own, which can be killed together."""

    def __init__(self, folder, database, mail):
        folder.mkdir()
        self.folder = folder
        self.address = ("127.0.0.1", free_port())
        self.environment = {
            **os.environ,
            "BIND": "{}:{}".format(*self.address),
            "TRUSTED_PROXIES": "2",  # nginx and, before it, the visitors' own words
            "DATA_DIR": str(folder),
            "DATABASE_URL": database,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "SECRET_KEY": settings.SECRET_KEY,
            "RECEIPT_KEY": base64.b64encode(settings.RECEIPT_KEY).decode(),
        }
        self.processes = []
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, cwd=settings.BASE_DIR, env=self.environment, check=True)

    def start(self):
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        self.processes = [self.run(gunicorn), self.run([sys.executable, "manage.py", "work"])]
        wait_for(self.address)

    def run(self, command):
        with (self.folder / "log").open("a") as log:
            return subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        """End all its processes as a power failure does."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes = []


def wait_for(address):
    """Wait until /healthz answers 200."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(address, timeout=10) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if b" 200 " in connection.recv(64):
                return
        time.sleep(0.2)
    sys.exit(f"Found no answer of {address} after {TIMEOUT} s, expected the site.")


@contextmanager
def serve_nginx(folder, machines):
    """nginx before the machines, configured by deploy/; gives its address."""
    folder.mkdir()
    address = ("127.0.0.1", free_port())
    site = adapt(make_site(folder), address, machines)
    with subprocess.Popen(make_command(folder, site)) as nginx:
        try:
            wait_for(address)
            yield address
        finally:
            nginx.terminate()


def adapt(site, address, machines):
    """The configuration of deploy/ for several machines, at this address."""
    upstream = (DEPLOY / "nginx-upstream.conf").read_text(encoding="utf-8")
    for number, machine in enumerate(machines, 1):
        upstream = upstream.replace(f"10.0.0.{number}:8000", machine.environment["BIND"])
    site = re.sub(r"    listen \[::\]:80;\n", "", site)
    site = site.replace("listen 80;", f"listen {address[0]}:{address[1]};")
    site = site.replace("http://127.0.0.1:8000", "http://portal")
    return upstream + site.replace("/var/lib/portal", str(machines[0].folder))
