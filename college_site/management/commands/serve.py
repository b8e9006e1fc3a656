"""Set up whatever is missing and serve the site as production would: `make run`."""

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

EVERY_ADDRESS = ("0.0.0.0", "::")
ADMIN_NAME = "admin"
PRIVATE = 0o027  # as the systemd units have it: nobody else reads database and uploads


class Command(BaseCommand):
    help = "Sets up database, demo content, first account and static files, then serves the site."
    requires_system_checks = []  # `migrate` runs them, at a moment when Ctrl-C is looked after

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", default="8000", help="the port to listen on")

    def handle(self, *args, host, port, **options):
        heed_stop_signals()
        os.umask(PRIVATE)
        try:
            # The socket comes first: a taken port must not touch another site's database.
            with listening_socket(host, port_number(port)) as listener:
                self.set_up()
                self.admit(host)
                state_address(host, port)
                self.announce(host, port, first_password())
                run_together(programs(listener))
        except KeyboardInterrupt:
            pass
        except OperationalError as error:
            reason = str(error).strip().partition("\n")[0]
            raise CommandError(
                f"The database: found «{reason}», expected one that answers. "
                "Check DATABASE_URL and the server, or DATA_DIR and its disk for SQLite."
            ) from error
        self.say("Stopped.")

    def set_up(self):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("demo", stdout=self.stdout)
        collect_static(self.say)

    def admit(self, host):
        """Let the programs to be started answer to the names by which `host` is reached."""
        names = own_names() if host in EVERY_ADDRESS else [bracketed(host)]
        allowed = [*settings.ALLOWED_HOSTS, "localhost", "127.0.0.1", *names]
        os.environ["ALLOWED_HOSTS"] = ",".join(dict.fromkeys(allowed))
        if host in EVERY_ADDRESS:
            self.say(f"Answers to {os.environ['ALLOWED_HOSTS']}; set ALLOWED_HOSTS to add names.")

    def announce(self, host, port, password):
        site = site_address(host, port)
        self.say(f"The site:   {site}/")
        self.say(f"The admin:  {site}{reverse('admin:index')}")
        if password:
            self.say(f"User name:  {ADMIN_NAME}")
            self.say(f"Password:   {password}")
            self.say("The password is shown only this once. To set another one:")
            self.say(f"            .venv/bin/python manage.py changepassword {ADMIN_NAME}")
        self.say("Ctrl-C ends everything.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def heed_stop_signals():
    """Make SIGTERM and SIGINT (which a shell's background commands ignore) interrupt the set-up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def port_number(text):
    """The port as a number; raises CommandError when `text` is none from 1 to 65535."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise CommandError(
            f"PORT: found {text!r}, expected a number from 1 to 65535. Try: make run PORT=8000"
        )
    return int(text)


def listening_socket(host, port):
    """A TCP socket that listens on `host` and `port`; raises CommandError when it cannot."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        # IPv4 first: «localhost» is both, and most programs try 127.0.0.1.
        family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise CommandError(socket_problem(error, host, port)) from error


def socket_problem(error, host, port):
    """What to tell about an OSError of listening_socket()."""
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


def collect_static(say):
    """Collect the static files when they, or what makes them, differ from the last time."""
    stamp = settings.DATA_DIR / "static.sha256"
    wanted = static_sources()
    if settings.STATIC_ROOT.is_dir() and stamp.exists() and stamp.read_text() == wanted:
        return
    say("Collecting static files …")
    # Without `clear`, a source that was replaced by an older file would be passed over.
    call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    stamp.write_text(wanted)


def static_sources():
    """A hash of everything the collected files depend on: sources, the lock, the storage."""
    storage_module = inspect.getfile(type(storages["staticfiles"]))
    paths = [settings.BASE_DIR / "requirements.lock", Path(storage_module)]
    for finder in get_finders():
        paths += [Path(storage.path(name)) for name, storage in finder.list([])]
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(hashlib.sha256(bytes(path)).digest())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def first_password():
    """Make the first account; its password, or None when there are accounts already."""
    users = get_user_model().objects
    if users.exists():
        return None
    password = get_random_string(16)
    users.create_superuser(ADMIN_NAME, password=password)
    return password


def own_names():
    """The names and addresses by which other machines may know this one."""
    names = ["[::1]", socket.gethostname()]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # for documentation only (RFC 5737); nothing is sent
            names.append(probe.getsockname()[0])
        except OSError:
            pass  # no network, so nobody out there needs an address
    return names


def state_address(host, port):
    """Let the programs to be started write this address into feeds, letters, canonical links."""
    os.environ["SITE_URL"] = os.environ.get("SITE_URL") or site_address(host, port)


def site_address(host, port):
    return f"http://{'localhost' if host in EVERY_ADDRESS else bracketed(host)}:{int(port)}"


def bracketed(host):
    """The host as an address on the web has it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def programs(listener):
    """The web server on the socket `listener`, and the worker: what subprocess.Popen starts."""
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
