"""What gunicorn, configured as in deploy/, writes to its log."""

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

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "gunicorn.conf.py"


@pytest.fixture
def worker(capfd):
    """A gunicorn worker that only logs."""
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
