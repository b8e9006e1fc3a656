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

TIMEOUT = 600  # seconds for the first answer of a machine that starts
ANSWERED_BY = "x-answered-by"


def reserve_port():
    """A socket with a free port that does not listen.

    Servers of this trial may bind the port as well, with SO_REUSEADDR; nobody else gets it, and
    while none of them listens, connections to it are refused.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


class Machine:
    """A web server and a worker in process groups of their own, which can be killed together."""

    def __init__(self, folder, database, mail):
        folder.mkdir()
        self.folder = folder
        self.held = reserve_port()
        self.address = self.held.getsockname()
        self.environment = {
            **os.environ,
            "BIND": "{}:{}".format(*self.address),
            "TRUSTED_PROXIES": "2",  # nginx and, before it, the visitors' own words
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"{database}?options=-c%20lock_timeout%3D{TIMEOUT}s",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "SECRET_KEY": settings.SECRET_KEY,
            "RECEIPT_KEY": base64.b64encode(settings.RECEIPT_KEY).decode(),
        }
        self.processes = []

    def collect_static(self):
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, cwd=settings.BASE_DIR, env=self.environment, check=True)

    def start(self):
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        gunicorn += ["--timeout", str(TIMEOUT)]  # a start may take long on a busy machine
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

    def close(self):
        self.kill()
        self.held.close()


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
    with reserve_port() as held:
        address = held.getsockname()
        site = adapt(make_site(folder), address, machines)
        with subprocess.Popen(make_command(folder, site)) as nginx:
            try:
                wait_for(address)
                yield address
            finally:
                nginx.terminate()


def adapt(site, address, machines):
    """The configuration of deploy/ for several machines, at this address, which names who answers.

    nginx waits longer: what takes long on a busy machine is no fault.
    """
    upstream = (DEPLOY / "nginx-upstream.conf").read_text(encoding="utf-8")
    for number, machine in enumerate(machines, 1):
        upstream = upstream.replace(f"10.0.0.{number}:8000", machine.environment["BIND"])
    site = re.sub(r"    listen \[::\]:80;\n", "", site)
    site = site.replace("listen 80;", f"listen {address[0]}:{address[1]};")
    site = site.replace("http://127.0.0.1:8000", "http://portal")
    site = re.sub(r"(proxy_read|client_body)_timeout .+?;", "", site)
    upstream += f"proxy_read_timeout {TIMEOUT}s;\nadd_header {ANSWERED_BY} $upstream_addr always;\n"
    return upstream + site.replace("/var/lib/portal", str(machines[0].folder))
