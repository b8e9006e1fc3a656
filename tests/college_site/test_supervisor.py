"""The supervisor, with real processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from college_site.background.supervisor import how_it_ended

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20  # seconds; a loaded machine is slow, a passing test is not

SUPERVISED = r"""
import signal, sys
from college_site.background.supervisor import Program, VitalProgramEnded, supervise

# One write a line, so that the lines of two programs never mix.
def tell(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

FOREVER = r"import sys, time; sys.stdout.write('up\n'); sys.stdout.flush(); time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + FOREVER
FAILING = "import sys; sys.exit(3)"

def python(name, code, **options):
    return Program(name, [sys.executable, "-c", code], first_pause=0.1, **options)

{first}
try:
    supervise([{programs}], say=tell, grace={grace})
except VitalProgramEnded as error:
    sys.exit(str(error))
tell("over")
"""


@pytest.fixture
def supervised():
    """A function that starts a supervisor of `programs`, after the code `first`, in a group."""
    started = []

    def start(programs, grace=5, first=""):
        code = SUPERVISED.format(programs=programs, grace=grace, first=first)
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if group_lives(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def group_lives(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def finish(process):
    """Exit code, output and errors of the process, once it has ended."""
    output, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, output, errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_supervisor_alone_ends_every_program(supervised, number):
    process = supervised("python('web', FOREVER, vital=True), python('worker', FOREVER)")
    assert [process.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]
    process.send_signal(number)
    assert finish(process) == (0, "over\n", "")
    assert not group_lives(process.pid)


def test_control_c_reaches_the_whole_group_and_leaves_neither_process_nor_traceback(supervised):
    process = supervised("python('web', FOREVER, vital=True), python('worker', FOREVER)")
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    code, _, errors = finish(process)
    assert (code, errors) == (0, "")
    assert not group_lives(process.pid)


def test_a_program_that_does_not_heed_sigterm_is_killed(supervised):
    process = supervised("python('worker', STUBBORN)", grace=0.2)
    process.stdout.readline()
    process.terminate()
    assert finish(process)[0] == 0
    assert not group_lives(process.pid)


def test_a_dead_worker_is_started_again_after_growing_pauses(supervised):
    process = supervised("python('web', FOREVER, vital=True), python('worker', FAILING)")
    lines = [process.stdout.readline() for _ in range(4)]
    lines.remove("up\n")
    assert lines == [
        "The worker ended by itself (exit code 3); it starts again in 0.1 s.\n",
        "The worker ended by itself (exit code 3); it starts again in 0.2 s.\n",
        "The worker ended by itself (exit code 3); it starts again in 0.4 s.\n",
    ]
    process.terminate()
    assert finish(process)[0] == 0


def test_a_dead_web_server_ends_everything_with_one_line(supervised):
    process = supervised("python('worker', FOREVER), python('web server', FAILING, vital=True)")
    code, _, errors = finish(process)
    assert code == 1
    assert errors == "The web server ended by itself (exit code 3): all is stopped.\n"
    assert not group_lives(process.pid)


def test_hang_ups_are_ignored_under_nohup(supervised):
    nohup = "signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    process = supervised("python('worker', FOREVER)", first=nohup)
    process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    time.sleep(0.3)  # three glances of the supervisor
    assert process.poll() is None
    process.terminate()
    assert finish(process)[0] == 0


@pytest.mark.parametrize(("code", "words"), [(3, "exit code 3"), (-9, "signal SIGKILL")])
def test_an_end_is_told_in_words(code, words):
    assert how_it_ended(code) == words
