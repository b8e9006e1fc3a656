"""The process that decodes one file: what it may spend, what it can touch, what it makes."""

import io
import json
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from PIL import Image

from college_site.uploads import sandbox_entry, visitor_file_cleaning
from college_site.uploads.sandbox import describe_protection
from college_site.uploads.visitor_file_cleaning import clean_file, clean_pdf
from tests import factories

CHILD = """
import ctypes, os, resource, signal, socket, subprocess, sys, threading
from college_site.uploads import confinement, sandbox_entry as process
argument = sys.argv[1]
{set_up}
def attempt(content):
    try:
        {action}
        return {{"found": "done"}}, b""
    except OSError as error:
        return {{"found": type(error).__name__}}, b""
process.main({{"attempt": attempt}}, "attempt", "1000")
"""
WITHOUT = {
    "Landlock": "confinement.deny_files = lambda: ''",
    "seccomp": "confinement.filter_system_calls = lambda: ''",
    "the user nobody": "confinement.become_nobody = lambda: ''",
}


def attempt(action, set_up="", argument=""):
    """The ended process of a sandbox that does this instead of cleaning a file."""
    script = CHILD.format(action=action, set_up=set_up)
    return subprocess.run(
        [sys.executable, "-c", script, str(argument)],
        input=b"x",
        capture_output=True,
        cwd=settings.BASE_DIR,
        timeout=60,
        check=False,
    )


def found(done):
    """What the action was answered with: "done" or the name of an exception."""
    return json.loads(done.stdout)["found"]


# What it may spend --------------------------------------------------------------------------------


def test_exceeding_the_memory_limit_refuses_the_file_with_a_reason():
    done = attempt("bytes(process.MEMORY)")
    assert "не хватило памяти" in json.loads(done.stdout)["message"]


def test_exceeding_the_processor_time_ends_the_process():
    assert attempt("while True: pass", "process.SECONDS = 1").returncode < 0


def test_a_cleaned_file_beyond_its_limit_is_refused():
    facts, content = sandbox_entry.clean(lambda _: ({}, b"xx"), b"", most=1, options=[])
    assert "слишком большим" in facts["message"]
    assert content == b""


def test_a_crash_leaves_no_core_dump():
    limits = "process.limit_resources(); print(resource.getrlimit(resource.RLIMIT_CORE)); exit()"
    assert attempt("pass", limits).stdout == b"(0, 0)\n"


# What it can touch --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def in_force():
    """What keeps the sandbox from files, network and processes on this machine."""
    return describe_protection()


@pytest.fixture
def require(in_force):
    """Skips a test where the kernel has not what it is about."""

    def check(mechanism):
        if not any(words.startswith(mechanism) for words in in_force):
            pytest.skip(f"{mechanism} is not to be had on this machine")

    return check


@pytest.fixture
def server():
    """The port of a server on this machine, to which anybody can connect."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


ATTEMPTS = {
    "read a file": "open('/etc/passwd').read()",
    "write a file": "open('/dev/null', 'w')",
    "list a folder": "os.listdir('/')",
    "look for a file": "os.stat('/etc/passwd')",
    "read its own memory": "open('/proc/self/environ').read()",
    "connect": "socket.socket().connect(('127.0.0.1', int(argument)))",
    "send a datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "make a pair of sockets": "socket.socketpair()",
    "fork": "os.fork() or os._exit(9)",
    "start a program": "subprocess.run(['/bin/true'])",
    "become a program": "os.execv('/bin/true', ['/bin/true'])",
    "signal its parent": "os.kill(os.getppid(), 0)",
}


@pytest.mark.parametrize("action", ATTEMPTS.values(), ids=ATTEMPTS)
def test_every_attempt_to_touch_anything_else_is_denied(action, server, require):
    require("seccomp")
    done = attempt(action, argument=server)
    assert found(done) == "PermissionError", done.stderr


@pytest.mark.parametrize("action", ATTEMPTS.values(), ids=ATTEMPTS)
def test_every_attempt_succeeds_without_confinement(action, server):
    done = attempt(action, "confinement.confine = lambda: []", server)
    assert done.stdout == b"" or found(done) in ("done", "OSError"), done.stderr


@pytest.mark.parametrize("kind", ["read a file", "write a file", "list a folder"])
def test_landlock_alone_denies_files(kind, require):
    require("Landlock")
    done = attempt(ATTEMPTS[kind], "\n".join([WITHOUT["seccomp"], WITHOUT["the user nobody"]]))
    assert found(done) == "PermissionError"


@pytest.mark.parametrize("kind", ["read a file", "connect", "fork", "start a program"])
def test_seccomp_alone_denies_files_network_and_processes(kind, server, require):
    require("seccomp")
    without = "\n".join([WITHOUT["Landlock"], WITHOUT["the user nobody"]])
    assert found(attempt(ATTEMPTS[kind], without, server)) == "PermissionError"


def test_root_becomes_nobody_who_reads_no_key(require, tmp_path):
    require("the user nobody")
    key = tmp_path / "secret_key"
    key.write_text("known to the site alone")
    key.chmod(0o640)
    without = "\n".join([WITHOUT["Landlock"], WITHOUT["seccomp"]])
    done = attempt("open(argument).read()", without, key)
    assert found(done) == "PermissionError"


def test_a_decoder_may_start_threads():
    assert found(attempt("threading.Thread(target=print).start()")) == "done"


def test_mechanisms_that_the_kernel_lacks_are_not_named():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"""
import platform
from college_site.uploads import confinement, sandbox_entry as process
platform.machine = lambda: "unknown"
{WITHOUT["Landlock"]}
{WITHOUT["the user nobody"]}
process.main({{}}, "describe")
""",
        ],
        input=b"",
        capture_output=True,
        cwd=settings.BASE_DIR,
        check=True,
    )
    assert json.loads(done.stdout) == {"in_force": []}


# What it makes ------------------------------------------------------------------------------------


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(visitor_file_cleaning, "MOST_PAGES", 3)
    clean, _ = clean_pdf(factories.pdf_bytes(3))
    assert clean.startswith(b"%PDF-")
    with pytest.raises(visitor_file_cleaning.ValidationError, match="от 1 до 3 страниц"):
        clean_pdf(factories.pdf_bytes(4))


def test_a_large_picture_is_scaled_down():
    facts, content = clean_file(factories.picture_bytes((2600, 40)))
    assert facts["content_type"] == "image/jpeg"
    with Image.open(io.BytesIO(content)) as image:
        assert image.width == 2560
