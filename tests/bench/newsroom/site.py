"""A scratch site served by `manage.py serve`, and what its processes spend."""

import os
from contextlib import contextmanager
from pathlib import Path

from tests.scratch_site import PASSWORD, serve_scratch_site

TICKS = os.sysconf("SC_CLK_TCK")


class Site:
    """Its address, its folder of data, and the process that serves it."""

    def __init__(self, address, folder, pid):
        self.address, self.folder, self.pid = address, Path(folder), pid

    def count_files(self):
        """How many files of photographs are stored."""
        return sum(1 for path in self.folder.glob("media/photos/*/*") if path.is_file())

    def peak_memory(self):
        """The sum of the peaks of resident memory of all its processes, in MB."""
        peaks = 0
        for pid in list_processes(self.pid):
            lines = read(f"/proc/{pid}/status").splitlines()
            peaks += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        return round(peaks / 1024)

    def spent(self):
        """The seconds of processor time of all its processes, with those that have ended."""
        times = [read(f"/proc/{pid}/stat").rpartition(")")[2].split() for pid in self.processes()]
        return sum(sum(map(int, fields[11:15])) for fields in times if fields) / TICKS

    def processes(self):
        return list_processes(self.pid)


@contextmanager
def serve(folder):
    """The Site, with an account «teacher»."""
    account = ["createsuperuser", "--noinput", "--username=teacher", "--email="]
    password = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    with serve_scratch_site(folder, account, **password) as (address, process):
        yield Site(address, folder, process.pid)


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


def read(path):
    """The text of a file of /proc, "" if the process has ended."""
    try:
        return Path(path).read_text()
    except OSError:
        return ""
