"""Sends requests by wrk and says what each of them took of the servers' processors."""

import re
import shutil
import subprocess
import sys
import time
from typing import NamedTuple

from tests.bench.processes import list_processes, read_spent

REMEDY = "Found no wrk, which sends the requests. On Debian and Ubuntu: apt install wrk"
LONGEST_ANSWER = 120  # seconds
LOOK = 0.5  # seconds between two looks whether the servers have come to rest
LOOKS = 240  # at most


class Target(NamedTuple):
    """A page of a server; `status` is that of its answers."""

    name: str
    server: object
    path: str = "/"
    headers: dict = {}
    status: int = 200


class Load(NamedTuple):
    """Requests a second, and milliseconds of processor time for each."""

    rate: float
    cost: float


def send(target, seconds, connections):
    """The Load while that many connections ask, each again as soon as it is answered."""
    check(target)
    start = rest(target.server)
    done, rate = run_wrk(target, seconds, connections)
    spent = rest(target.server) - start
    # When wrk ends, each connection waits for an answer, on which the server works to its end.
    return Load(rate, 1000 * spent / (done + connections))


def check(target):
    """Stop unless the target answers as expected."""
    status, *_ = target.server.get(target.path, target.headers)
    if status != target.status:
        sys.exit(f"{target.name}: found the status {status}, expected {target.status}.")


def rest(server):
    """The processor time of the server's processes, once it no longer grows."""
    spent = read_all(server)
    for _ in range(LOOKS):
        time.sleep(LOOK)
        before, spent = spent, read_all(server)
        if before == spent:
            break
    return spent


def read_all(server):
    return read_spent({one for pid in server.pids for one in list_processes(pid)})


def run_wrk(target, seconds, connections):
    """(number of answers, answers a second)."""
    if not shutil.which("wrk"):
        sys.exit(REMEDY)
    headers = {**target.server.headers, **target.headers}
    words = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    address = f"http://127.0.0.1:{target.server.port}{target.path}"
    numbers = ["-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={LONGEST_ANSWER}s"]
    done = subprocess.run(
        ["wrk", *numbers, *words, address], capture_output=True, text=True, check=True
    )
    return read_report(done.stdout)


def read_report(text):
    """(number of answers, answers a second) of wrk's report; raises ValueError if some failed."""
    failed = re.search(r"(?:Non-2xx|Socket errors).*", text)
    if failed:
        raise ValueError(f"wrk says «{failed[0]}», expected only answers 2xx and 3xx")
    count = int(re.search(r"(\d+) requests in", text)[1])
    return count, float(re.search(r"Requests/sec:\s*([\d.]+)", text)[1])
