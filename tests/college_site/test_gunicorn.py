"""What the web server, configured as in deploy/, writes into its log."""

import logging
import runpy
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.base import Worker

from college_site.uploads.sandbox import describe_protection

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "gunicorn.conf.py"


@pytest.fixture
def worker(capfd):
    """A worker of gunicorn that does nothing but log."""
    config = Config()
    for name, value in runpy.run_path(str(CONFIGURATION)).items():
        if name in config.settings:
            config.set(name, value)
    yield SimpleNamespace(log=Logger(config), cfg=config)
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()


def test_errors_are_logged(worker, capfd):
    worker.log.error("A worker failed to boot.")
    assert "A worker failed to boot." in capfd.readouterr().err


def test_a_malformed_request_does_not_log_the_ip_address(worker, capfd):
    here, there = socket.socketpair()
    with here, there:
        Worker.handle_error(worker, None, here, ("203.0.113.9", 1), InvalidRequestLine("x"))
        assert there.recv(100).startswith(b"HTTP/1.1 400")
    assert "203.0.113.9" not in capfd.readouterr().err


def test_the_start_says_what_confines_decoders(capfd):
    runpy.run_path(str(CONFIGURATION))["when_ready"](None)
    said = capfd.readouterr().err
    assert said.startswith("Uploads are decoded in processes confined by: ")
    assert all(words in said for words in describe_protection())
