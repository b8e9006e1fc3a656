"""Configuration of gunicorn, on a server and in `make run`."""

import os
import signal
import sys

from django.conf import settings
from gunicorn.http.parser import RequestParser

from college_site.http.request_target import EncodingRequest
from college_site.uploads.sandbox import describe_protection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")

wsgi_app = "college_site.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")

worker_class = "gthread"
workers = 2
threads = 8  # at most six clean uploads (uploads/sandbox.py), the others serve pages
timeout = 30  # seconds without a heartbeat after which a worker is restarted
keepalive = 5

# Restart workers regularly, but not all at once, to limit memory leaks.
max_requests = 100_000
max_requests_jitter = 10_000

# The control socket of `gunicornc` is not used; any process of this user could connect to it.
control_socket_disable = True

# By default any program of this machine may claim by a header that its request came over HTTPS or
# under another path. Django alone decides which proxies to trust, by TRUSTED_PROXIES.
forwarded_allow_ips = ""
secure_scheme_headers = {}
forwarder_headers = ""

# Raw Cyrillic letters in an address are read instead of refused. Only the parser in Python asks
# this class; nginx passes such addresses on as they are.
http_parser = "python"
RequestParser.mesg_class = EncodingRequest

# Access log and warnings about malformed requests would contain visitors' addresses. Errors go to
# standard error.
accesslog = None
loglevel = "error"


def on_starting(server):
    """Forget what the processes of an earlier start counted."""
    if settings.METRICS_TOKEN:
        for path in (settings.DATA_DIR / "metrics").glob("*.db"):
            path.unlink(missing_ok=True)


def when_ready(server):
    """Say what confines the processes that decode uploads."""
    words = ", ".join(describe_protection()) or "nothing but limits of memory and time"
    print(f"Uploads are decoded in processes confined by: {words}", file=sys.stderr, flush=True)


def post_worker_init(worker):
    """Ignore SIGINT: the master stops the workers on Ctrl-C, and a second signal may hang them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
