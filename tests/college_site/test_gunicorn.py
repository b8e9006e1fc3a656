"""What the web server, configured as in deploy/, logs, and which headers it believes."""

import logging
import runpy
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create
from gunicorn.workers.base import Worker

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


def environ(worker, header):
    """The WSGI environment of a request from this machine with a header."""
    peer = ("127.0.0.1", 50000)
    here, there = socket.socketpair()
    with here, there:
        there.sendall(f"GET / HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n".encode())
        request = next(RequestParser(worker.cfg, here, peer))
        return create(request, here, peer, ("127.0.0.1", 8000), worker.cfg)[1]


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Proto: https", "X-Forwarded-Protocol: ssl", "X-Forwarded-Ssl: on"],
)
def test_the_scheme_of_a_request_is_not_taken_from_its_headers(worker, header):
    assert environ(worker, header)["wsgi.url_scheme"] == "http"


def test_a_header_cannot_replace_the_script_name(worker):
    assert environ(worker, "SCRIPT_NAME: /evil")["SCRIPT_NAME"] == ""


def test_the_forwarded_scheme_reaches_django_from_a_trusted_proxy(worker):
    assert environ(worker, "X-Forwarded-Proto: https")["HTTP_X_FORWARDED_PROTO"] == "https"
