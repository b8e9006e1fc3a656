"""What processes spend and hold, read from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def read_spent(pids):
    """The seconds of processor time of processes and of their children that have ended."""
    times = [read(f"/proc/{pid}/stat").rpartition(")")[2].split() for pid in pids]
    return sum(sum(map(int, fields[11:15])) for fields in times if fields) / TICKS


def list_processes(parent):
    """The process and all below it."""
    found, children = [parent], {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        fields = read(status).rpartition(")")[2].split()
        if fields:
            children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    for pid in found:
        found += children.get(pid, [])
    return found


def read_memory(pid):
    """The proportional set size of a process in kB."""
    lines = read(f"/proc/{pid}/smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def read(path):
    """The text of a file of /proc, "" if the process has ended."""
    try:
        return Path(path).read_text()
    except OSError:
        return ""
