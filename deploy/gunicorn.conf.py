"""How gunicorn serves the site, on a server and under `make run`."""

import os
import signal
import sys

from gunicorn.http.parser import RequestParser

from college_site.http.request_target import EncodingRequest
from college_site.uploads.sandbox import describe_protection

wsgi_app = "college_site.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")

worker_class = "gthread"
workers = 2
threads = 8  # at most five clean uploads (uploads/sandbox.py), the others serve pages
timeout = 30  # seconds without a sign of life after which a worker is replaced
keepalive = 5

# Workers are replaced now and then, not all at once, so that no leak ever adds up.
max_requests = 2000
max_requests_jitter = 200

# The socket of `gunicornc`, which nobody uses here and anybody with this user's rights could.
control_socket_disable = True

# By default any program of this machine may say by a header that its request came over HTTPS or
# under another path. Django alone decides whom to believe, by TRUSTED_PROXIES.
forwarded_allow_ips = ""
secure_scheme_headers = {}
forwarder_headers = ""

# Raw Cyrillic letters in an address are read instead of refused. Only the parser in Python asks
# this class; nginx passes such addresses on as they are.
http_parser = "python"
RequestParser.mesg_class = EncodingRequest

# The access log would hold visitors' addresses, and so would a warning of each malformed request;
# errors go to standard error.
accesslog = None
loglevel = "error"


def when_ready(server):
    """Say what confines the processes that decode uploads."""
    words = ", ".join(describe_protection()) or "nothing but limits of memory and time"
    print(f"Uploads are decoded in processes confined by: {words}", file=sys.stderr, flush=True)


def post_worker_init(worker):
    """Leave Ctrl-C to the master, which passes it on; a worker told twice at once may hang."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
