"""What gunicorn, configured as in deploy/, writes to its log, and which headers it trusts."""

import logging
import runpy
import signal
import socket
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.handlers.wsgi import WSGIRequest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create
from gunicorn.workers.base import Worker

from college_site.uploads.sandbox import describe_protection

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "gunicorn.conf.py"


@pytest.fixture
def worker(capfd):
    """A gunicorn worker that only logs."""
    config = Config()
    for name, value in runpy.run_path(str(CONFIGURATION)).items():
        if name in config.settings:
            config.set(name, value)
    yield SimpleNamespace(log=Logger(config), cfg=config)
    RequestParser.mesg_class = Request
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
    assert worker.cfg.workers * worker.cfg.threads == 16


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


def environ(worker, header, target=b"/"):
    """The WSGI environment of a request from this machine with a header."""
    peer = ("127.0.0.1", 50000)
    here, there = socket.socketpair()
    with here, there:
        there.sendall(b"GET %b HTTP/1.1\r\nHost: x\r\n%b\r\n\r\n" % (target, header.encode()))
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


@pytest.mark.parametrize(
    ("target", "path", "words"),
    [
        ("/search/?q=практика".encode(), "/search/", "практика"),
        ("/новости/?q=a".encode(), "/новости/", "a"),
        ("/search/?q=практика".encode("cp1251"), "/search/", "практика"),
        ("/news/praktika/»?q=«Ёж»".encode(), "/news/praktika/»", "«Ёж»"),
        ("/search/?q=%D0%B0б 🙂".replace(" ", "+").encode(), "/search/", "аб 🙂"),
        (b"/search/?q=\x98", "/search/", "\N{REPLACEMENT CHARACTER}"),
        (b"/search/?q=100%25", "/search/", "100%"),
    ],
)
def test_raw_letters_in_an_address_are_read(worker, target, path, words):
    request = WSGIRequest(environ(worker, "X: y", target))
    assert request.path_info == path
    assert request.GET["q"] == words


@pytest.mark.parametrize("target", [b"/a\x00b", b"/a\x7f", b"/a\x01", b""])
def test_control_characters_in_an_address_are_refused(worker, target):
    with pytest.raises(InvalidRequestLine):
        environ(worker, "X: y", target)


def test_the_start_says_what_confines_decoders(capfd):
    runpy.run_path(str(CONFIGURATION))["when_ready"](None)
    said = capfd.readouterr().err
    assert said.startswith("Uploads are decoded in processes confined by: ")
    assert all(words in said for words in describe_protection())
