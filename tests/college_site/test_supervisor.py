"""The supervisor, with real processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 20  # seconds; only a failing test or a loaded machine needs that long

TOGETHER = r"""
import signal, sys
from college_site.background.supervisor import CommandError, run_together

# A shell that runs the tests in the background ignores these signals.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# One write per line, so that the output of two programs is not interleaved.
FOREVER = r"import sys, time; sys.stdout.write('up\n'); sys.stdout.flush(); time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + FOREVER
FAILING = "import sys; sys.exit(3)"
KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

def python(code):
    return {{"args": [sys.executable, "-c", code]}}

{first}
try:
    run_together({programs}, grace={grace})
except CommandError as error:
    sys.exit(str(error))
print("over")
"""
PAIR = "{'web server': python(FOREVER), 'worker': python(FOREVER)}"


@pytest.fixture
def run_in_group():
    """A function that runs `programs` in a process group, after the code `first`."""
    started = []

    def start(programs, grace=5, first=""):
        code = TOGETHER.format(programs=programs, grace=grace, first=first)
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
    """(exit code, output, errors) of the process, after it has ended."""
    output, errors = process.communicate(timeout=TIMEOUT)
    return process.returncode, output, errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_supervisor_stops_every_program(run_in_group, number):
    process = run_in_group(PAIR)
    assert [process.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]
    process.send_signal(number)
    assert finish(process) == (0, "over\n", "")
    assert not group_lives(process.pid)


def test_control_c_stops_the_whole_group_without_a_traceback(run_in_group):
    process = run_in_group(PAIR)
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    code, _, errors = finish(process)
    assert (code, errors) == (0, "")
    assert not group_lives(process.pid)


def test_a_program_that_ignores_sigterm_is_killed(run_in_group):
    process = run_in_group("{'worker': python(STUBBORN)}", grace=0.2)
    process.stdout.readline()
    process.terminate()
    assert finish(process)[0] == 0
    assert not group_lives(process.pid)


@pytest.mark.parametrize(
    ("code", "how"), [("FAILING", "exit code 3"), ("KILLED", "signal SIGKILL")]
)
@pytest.mark.parametrize(("dead", "other"), [("worker", "web server"), ("web server", "worker")])
def test_a_dead_program_stops_the_others_with_one_line(run_in_group, dead, other, code, how):
    process = run_in_group(f"{{'{other}': python(FOREVER), '{dead}': python({code})}}")
    code, _, errors = finish(process)
    assert code == 1
    assert errors == f"The {dead} ended by itself ({how}): everything is stopped.\n"
    assert not group_lives(process.pid)


def test_a_program_that_cannot_start_stops_the_others(run_in_group):
    process = run_in_group("{'web server': python(FOREVER), 'worker': {'args': ['/nowhere']}}")
    code, _, errors = finish(process)
    assert code == 1
    assert "/nowhere" in errors
    assert not group_lives(process.pid)


def test_sighup_is_ignored_under_nohup(run_in_group):
    process = run_in_group(PAIR, first="signal.signal(signal.SIGHUP, signal.SIG_IGN)")
    process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    time.sleep(0.3)  # three poll intervals
    assert process.poll() is None
    process.terminate()
    assert finish(process)[0] == 0
