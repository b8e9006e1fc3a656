"""Runs several programs together and stops all of them when one ends."""

import signal
import subprocess
import time

from django.core.management.base import CommandError

POLL_INTERVAL = 0.1  # seconds
GRACE = 5.0  # seconds between SIGTERM and SIGKILL


def run_together(programs, grace=GRACE):
    """Run the programs until SIGINT, SIGTERM or SIGHUP, then stop all of them.

    `programs` maps names to keyword arguments of subprocess.Popen. If a program ends by itself,
    stops the others and raises CommandError.
    """
    received = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup ignores SIGHUP
            signal.signal(number, lambda *_: received.append(True))
    running, ended = {}, []
    try:
        for name, options in programs.items():
            running[name] = start(**options)
        while not (received or ended):
            time.sleep(POLL_INTERVAL)
            ended = [name for name, process in running.items() if process.poll() is not None]
    finally:
        end(running.values(), grace)
    # Ctrl-C signals all processes at once, so a program may end before this one is interrupted.
    if not received:
        name = ended[0]
        reason = describe_exit(running[name].returncode)
        raise CommandError(f"The {name} ended by itself ({reason}): everything is stopped.")


def start(**options):
    """Start a program that ignores SIGINT until it installs its own handler."""
    return subprocess.Popen(
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        **options,
    )


def end(processes, grace):
    """Send SIGTERM to all processes, then SIGKILL to those still running after `grace` seconds."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + grace
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def describe_exit(code):
    """A return code of subprocess in words."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
