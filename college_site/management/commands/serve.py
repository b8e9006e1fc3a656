"""Sets up the database and serves the site with gunicorn and the worker: `make run`."""

import errno
import hashlib
import inspect
import os
import signal
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.urls import reverse
from django.utils.crypto import get_random_string

from college_site.background.supervisor import run_together

ALL_INTERFACES = ("0.0.0.0", "::")
ADMIN_NAME = "admin"
UMASK = 0o027  # like the systemd units: other users cannot read database and uploads


class Command(BaseCommand):
    help = "Sets up database, demo content, first account and static files, then serves the site."
    requires_system_checks = []  # `migrate` runs them, after the signal handlers are installed

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", default="8000", help="the port to listen on")

    def handle(self, *args, host, port, **options):
        handle_stop_signals()
        os.umask(UMASK)
        try:
            # The socket comes first, so that the database stays untouched if the port is taken.
            with listening_socket(host, port_number(port)) as listener:
                self.set_up()
                self.set_allowed_hosts(host)
                set_site_url(host, port)
                self.print_addresses(host, port, create_first_account())
                run_together(list_programs(listener))
        except KeyboardInterrupt:
            pass
        except OperationalError as error:
            reason = str(error).strip().partition("\n")[0]
            raise CommandError(
                f"The database: found «{reason}», expected one that answers. "
                "Check DATABASE_URL and the server, or DATA_DIR and its disk for SQLite."
            ) from error
        self.write_line("Stopped.")

    def set_up(self):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("demo", stdout=self.stdout)
        collect_static(self.write_line)

    def set_allowed_hosts(self, host):
        """Set ALLOWED_HOSTS for the started programs to the names of `host`."""
        names = list_own_names() if host in ALL_INTERFACES else [format_host(host)]
        allowed = [*settings.ALLOWED_HOSTS, "localhost", "127.0.0.1", *names]
        os.environ["ALLOWED_HOSTS"] = ",".join(dict.fromkeys(allowed))
        if host in ALL_INTERFACES:
            self.write_line(
                f"Answers to {os.environ['ALLOWED_HOSTS']}; set ALLOWED_HOSTS to add names."
            )

    def print_addresses(self, host, port, password):
        site = site_address(host, port)
        self.write_line(f"The site:   {site}/")
        self.write_line(f"The admin:  {site}{reverse('admin:index')}")
        if password:
            self.write_line(f"User name:  {ADMIN_NAME}")
            self.write_line(f"Password:   {password}")
            self.write_line("The password is shown only this once. To set another one:")
            self.write_line(f"            .venv/bin/python manage.py changepassword {ADMIN_NAME}")
        self.write_line("Ctrl-C ends everything.")

    def write_line(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def handle_stop_signals():
    """Raise KeyboardInterrupt on SIGTERM and SIGINT; shells ignore SIGINT in background jobs."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def port_number(text):
    """The port as an integer; raises CommandError unless it is between 1 and 65535."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise CommandError(
            f"PORT: found {text!r}, expected a number from 1 to 65535. Try: make run PORT=8000"
        )
    return int(text)


def listening_socket(host, port):
    """A TCP socket that listens on `host` and `port`; raises CommandError if that fails."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        # IPv4 first: «localhost» may resolve to both, and most clients try 127.0.0.1.
        family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise CommandError(socket_problem(error, host, port)) from error


def socket_problem(error, host, port):
    """The error message for an OSError of listening_socket()."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return (
            f"PORT: found {port} taken by another program, expected a free port. "
            f"End that program or choose another port: make run PORT={other}"
        )
    if error.errno == errno.EACCES:
        return (
            f"PORT: found {port}, which this user may not use, expected one from 1024 on. "
            "Try: make run PORT=8000"
        )
    why = error.strerror.partition(" (")[0]
    return (
        f"HOST: found {host!r} ({why}), expected an address of this machine. "
        "Try: make run HOST=127.0.0.1"
    )


def collect_static(write_line):
    """Run collectstatic if sources, requirements or the storage have changed since the last run."""
    stamp = settings.DATA_DIR / "static.sha256"
    digest = static_sources()
    if settings.STATIC_ROOT.is_dir() and stamp.exists() and stamp.read_text() == digest:
        return
    write_line("Collecting static files …")
    # Without `clear`, collectstatic skips sources that were replaced by an older file.
    call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    stamp.write_text(digest)


def static_sources():
    """A hash of everything that collectstatic depends on: sources, requirements, the storage."""
    storage_module = inspect.getfile(type(storages["staticfiles"]))
    paths = [settings.BASE_DIR / "requirements.lock", Path(storage_module)]
    for finder in get_finders():
        paths += [Path(storage.path(name)) for name, storage in finder.list([])]
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(hashlib.sha256(bytes(path)).digest())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def create_first_account():
    """Create the first account; returns its password, or None if there are accounts already."""
    users = get_user_model().objects
    if users.exists():
        return None
    password = get_random_string(16)
    users.create_superuser(ADMIN_NAME, password=password)
    return password


def list_own_names():
    """The host names and IP addresses of this machine."""
    names = ["[::1]", socket.gethostname()]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address (RFC 5737); sends nothing
            names.append(probe.getsockname()[0])
        except OSError:
            pass  # no network
    return names


def set_site_url(host, port):
    """Set SITE_URL for the started programs, unless it is set."""
    os.environ["SITE_URL"] = os.environ.get("SITE_URL") or site_address(host, port)


def site_address(host, port):
    return f"http://{'localhost' if host in ALL_INTERFACES else format_host(host)}:{int(port)}"


def format_host(host):
    """The host as part of a URL: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host


def list_programs(listener):
    """{name: keyword arguments of subprocess.Popen} of the web server and the worker."""
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    descriptor = listener.fileno()
    bind = ["--bind", f"fd://{descriptor}", "--graceful-timeout", "3"]
    work = [sys.executable, "manage.py", "work"]
    return {
        "web server": {
            "args": [*gunicorn, *bind],
            "cwd": settings.BASE_DIR,
            "pass_fds": [descriptor],
        },
        "worker": {"args": work, "cwd": settings.BASE_DIR},
    }
