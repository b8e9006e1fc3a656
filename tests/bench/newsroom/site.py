"""A scratch site served by `manage.py serve`, and what its processes spend."""

import os
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from tests.scratch_site import PASSWORD, serve_scratch_site

TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE = 0.3  # seconds between two looks at the memory


class Site:
    """Its address, its folder of data, and the process that serves it."""

    def __init__(self, address, folder, pid):
        self.address, self.folder, self.pid = address, Path(folder), pid

    def count_files(self):
        """How many files of photographs are stored."""
        return sum(1 for path in self.folder.glob("media/photos/*/*") if path.is_file())

    @contextmanager
    def watch_memory(self):
        """A dictionary that has, at the end, the peak of «web», «worker» and «all» in MB.

        What processes share is divided among them; sandboxes belong to who has started them.
        """
        peaks, is_over = {}, Event()

        def watch():
            while not is_over.wait(SAMPLE):
                found = self.memory()
                found["all"] = sum(found.values())
                for name, size in found.items():
                    peaks[name] = max(peaks.get(name, 0), size)

        thread = Thread(target=watch)
        thread.start()
        try:
            yield peaks
        finally:
            is_over.set()
            thread.join()

    def memory(self):
        """{«web» or «worker»: MB of its processes now}; the supervisor belongs to «web»."""
        worker = set()
        for pid in self.processes():
            if read(f"/proc/{pid}/cmdline").split("\0")[-2:-1] == ["work"]:
                worker.update(list_processes(pid))
        sizes = {"web": 0, "worker": 0}
        for pid in self.processes():
            sizes["worker" if pid in worker else "web"] += read_memory(pid)
        return {name: round(size / 1024) for name, size in sizes.items()}

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
