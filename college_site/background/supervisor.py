"""Runs the programs of a site together: restarts what may die, and ends all of them at once."""

import signal
import subprocess
import time

GLANCE = 0.1  # seconds between two looks at the programs
GRACE = 5.0  # seconds a program has to end before it is killed
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a program is started again
STEADY = 60.0  # seconds of running after which the pauses begin anew


class VitalProgramEnded(Exception):
    """A program without which there is no site ended by itself; the text says which and how."""


class Program:
    """One program: how it is started, and what its end means.

    The end of a vital one is the end of the site. Any other is started again after a pause that
    doubles as long as it does not run steadily. `options` go to subprocess.Popen.
    """

    def __init__(self, name, command, *, vital=False, first_pause=FIRST_PAUSE, **options):
        self.name = name
        self.command = command
        self.vital = vital
        self.first_pause = self.pause = first_pause
        self.options = options
        self.process = None
        self.due = time.monotonic()

    def tend(self, say):
        """Start the program when it is due; notice and report its end."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
        elif self.process.poll() is not None:
            self.after_end(how_it_ended(self.process.returncode), say)

    def start(self):
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            # Ctrl-C reaches a program that is still starting, too, and would make it print a
            # traceback. Each installs its own handler as soon as it can.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
            **self.options,
        )
        self.started = time.monotonic()

    def after_end(self, how, say):
        if self.vital:
            raise VitalProgramEnded(f"The {self.name} ended by itself ({how}): all is stopped.")
        now = time.monotonic()
        if now - self.started >= STEADY:
            self.pause = self.first_pause
        say(f"The {self.name} ended by itself ({how}); it starts again in {self.pause:g} s.")
        self.process, self.due = None, now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None


class StopSignals:
    """While entered, SIGINT, SIGTERM and SIGHUP do nothing but set `received`."""

    def __enter__(self):
        self.received = False
        numbers = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup sets it
            numbers.append(signal.SIGHUP)
        self.before = {number: signal.signal(number, self.receive) for number in numbers}
        return self

    def receive(self, number, frame):
        self.received = True

    def __exit__(self, *_):
        for number, handler in self.before.items():
            signal.signal(number, handler)


def supervise(programs, *, say=print, grace=GRACE):
    """Run the programs until a signal asks to stop, and leave none of them behind.

    `say` is called with one line whenever one is about to be started again. A program that has
    not ended `grace` seconds after SIGTERM is killed. Raises VitalProgramEnded.
    """
    with StopSignals() as stop:
        try:
            while not stop.received:
                for program in programs:
                    program.tend(say)
                time.sleep(GLANCE)
        except VitalProgramEnded:
            # Ctrl-C goes to every program at once: one of them may have been quicker than this.
            if not stop.received:
                raise
        finally:
            end(programs, grace)


def end(programs, grace):
    """Ask all programs to end, then kill those that have not done so within `grace` seconds."""
    processes = [program.process for program in programs if program.running]
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
