"""Runs the programs of a site together: all of them end when one does."""

import signal
import subprocess
import time

from django.core.management.base import CommandError

GLANCE = 0.1  # seconds between two looks at the programs
GRACE = 5.0  # seconds that the programs have to end before they are killed


def run_together(programs, grace=GRACE):
    """Run the programs until a signal asks to stop, and leave none of them behind.

    Raises CommandError when one ends by itself, after the end of all others.
    """
    received = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it for SIGHUP
            signal.signal(number, lambda *_: received.append(True))
    running, ended = {}, []
    try:
        for name, options in programs.items():
            running[name] = start(**options)
        while not (received or ended):
            time.sleep(GLANCE)
            ended = [name for name, process in running.items() if process.poll() is not None]
    finally:
        end(running.values(), grace)
    # Ctrl-C goes to every program at once: one of them may have been quicker than this.
    if not received:
        name = ended[0]
        how = how_it_ended(running[name].returncode)
        raise CommandError(f"The {name} ended by itself ({how}): everything is stopped.")


def start(**options):
    """Start a program, which Ctrl-C does not reach before it has a handler of its own."""
    return subprocess.Popen(
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        **options,
    )


def end(processes, grace):
    """Ask all processes to end, then kill those that have not done so within `grace` seconds."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + grace
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def how_it_ended(code):
    """subprocess's return code in words."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
