"""A site of its own in a scratch folder, served by `manage.py serve`."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "scratch-site-password"
LONGEST_START = 300  # seconds, the demo content included


@contextmanager
def serve_scratch_site(folder, set_up, **environment):
    """The site's address and process, after `manage.py` has run with the arguments `set_up`."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    own = {"LOCAL_RUN": "True", "DATA_DIR": folder, "DATABASE_URL": ""}
    options = {"cwd": ROOT, "env": {**os.environ, **own, **environment}}
    manage = [sys.executable, "manage.py"]
    command = [*manage, "serve", f"--port={port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, **options) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            subprocess.run([*manage, *set_up], check=True, **options)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()


def wait_for(address):
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"Found no answer at {address} after {LONGEST_START} s, expected the site.")
