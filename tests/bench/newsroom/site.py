"""A scratch site served by `manage.py serve`, and what its processes spend."""

from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from tests.bench.processes import list_processes, read, read_memory, read_spent
from tests.scratch_site import PASSWORD, serve_scratch_site

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
        web, worker = self.split()
        return {
            "web": round(sum(map(read_memory, web)) / 1024),
            "worker": round(sum(map(read_memory, worker)) / 1024),
        }

    def spent(self):
        """The seconds of processor time of all its processes, with those that have ended."""
        return read_spent(self.processes())

    def spent_by_web(self):
        """As `spent()`, without the worker, which may be making renditions of anything."""
        web, _ = self.split()
        return read_spent(web)

    def split(self):
        """The processes of the web server with the supervisor, and those of the worker."""
        processes, worker = self.processes(), set()
        for pid in processes:
            if read(f"/proc/{pid}/cmdline").split("\0")[-2:-1] == ["work"]:
                worker.update(list_processes(pid))
        return [pid for pid in processes if pid not in worker], list(worker)

    def processes(self):
        return list_processes(self.pid)


@contextmanager
def serve(folder):
    """The Site, with an account «teacher»."""
    account = ["createsuperuser", "--noinput", "--username=teacher", "--email="]
    password = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    with serve_scratch_site(folder, account, **password) as (address, process):
        yield Site(address, folder, process.pid)
