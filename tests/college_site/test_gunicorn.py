"""What gunicorn, configured as in deploy/, writes to its log."""

import logging
import runpy
import signal
import socket
from datetime import timedelta
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


def test_requests_are_not_logged(worker, capfd):
    request = SimpleNamespace(headers=[])
    response = SimpleNamespace(status="200 OK", sent=1, headers=[])
    environ = {"REMOTE_ADDR": "203.0.113.9", "REQUEST_METHOD": "GET", "RAW_URI": "/"}
    worker.log.access(response, request, environ, timedelta(seconds=1))
    worker.log.info("Booting worker")
    assert capfd.readouterr().err == ""


def test_each_process_answers_several_requests_at_once(worker):
    assert worker.cfg.worker_class_str == "gthread"
    assert worker.cfg.workers * worker.cfg.threads == 8


def test_workers_are_replaced_but_not_all_at_once(worker):
    assert worker.cfg.max_requests > worker.cfg.max_requests_jitter > 0


def test_no_socket_accepts_commands(worker):
    assert worker.cfg.control_socket_disable


def test_a_worker_leaves_an_interrupt_to_its_master():
    before = signal.getsignal(signal.SIGINT)
    try:
        runpy.run_path(str(CONFIGURATION))["post_worker_init"](None)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
