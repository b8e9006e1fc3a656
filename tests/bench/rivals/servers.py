"""The servers that are compared: gunicorn with the settings of deploy/, nginx, Wagtail."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.nginx_site import make_command, make_site

ROOT = Path(__file__).resolve().parents[3]
LONGEST_START = 120  # seconds
LOG_BYTES = 2000  # of the log that an error shows


@dataclass
class Server:
    """Where it listens, and the processes that work for it: itself and those behind it."""

    port: int
    pids: list[int]
    headers: dict = field(default_factory=dict)  # that every request needs

    def get(self, path, headers=()):
        """(status, headers, body) of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_START)
        connection.request("GET", path, headers={**self.headers, **dict(headers)})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


@contextmanager
def serve(command, folder, path="/", port=None, behind=(), **environment):
    """The Server that the command starts, {port} in its words, once `path` is answered."""
    port = port or free_port()
    words = [str(word).format(port=port) for word in command]
    log = Path(folder, f"{port}.log")
    with (
        log.open("wb") as output,
        subprocess.Popen(
            words,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        server = Server(port, [process.pid, *(pid for one in behind for pid in one.pids)])
        try:
            wait_for(server, path, process, log)
            yield server
        finally:
            process.terminate()


def wait_for(server, path, process, log):
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            if server.get(path)[0] == 200:
                return
        time.sleep(0.2)
    end = log.read_bytes()[-LOG_BYTES:].decode(errors="replace")
    sys.exit(
        f"Found no answer 200 to {path} on port {server.port}, expected it. The log ends:\n{end}"
    )


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def gunicorn(*words):
    """The command of the gunicorn of this environment, with the settings of deploy/."""
    settings = ["--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:{port}"]
    return [sys.executable, "-m", "gunicorn", *settings, *words]


@contextmanager
def serve_files(folder, body):
    """nginx with the body as its only page."""
    folder.mkdir()
    folder.parent.chmod(0o711)  # nginx started by root reads as another user
    (folder / "index.html").write_bytes(body)
    port = free_port()
    site = (
        f"server {{ listen 127.0.0.1:{port}; root {folder}; access_log off;"
        " location / { default_type text/html; add_header Content-Encoding br; } }"
    )
    with serve(make_command(folder, site), folder, port=port) as server:
        yield server


@contextmanager
def serve_behind_nginx(folder, server):
    """The server behind nginx as deploy/nginx.conf configures it, without encryption."""
    folder.mkdir()
    port = free_port()
    site = re.sub(r"    listen \[::\]:80;\n", "", make_site(folder))
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = site.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{server.port}")
    command = make_command(folder, site)
    with serve(command, folder, port=port, behind=[server]) as nginx:
        yield nginx
