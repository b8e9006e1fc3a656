"""A day of failures: the mail server refuses, hangs or disconnects, the worker is killed."""

import asyncio
import logging
import socket
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from itertools import cycle
from uuid import uuid4

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db.models import F
from django.test.utils import override_settings
from django.utils import timezone

from feedback.mail.outbox import GIVE_UP_AFTER, send_due
from feedback.models import Consent, Mail, Suggestion, SuggestionTopic

STEP = timedelta(minutes=5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SILENCE = 0.3  # seconds after which the worker gives up a server that is to hang
TIMEOUT = 60  # and any other, however slow this machine is
MODES = ("refuse", "hang", "drop", "kill", "take")  # each for an hour, repeatedly

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd logs every command


def mail_day(site, count):
    """(summary, faults) of `count` emails on that day; time is simulated in the rows."""
    consent = Consent.objects.current() or Consent.objects.create(version=1, text="Да.")
    topic = SuggestionTopic.objects.create(title="День почты")
    with Server() as server:
        emails = simulate_days(site, server, [suggestion(topic, consent) for _ in range(count)])
    summary = (
        f"{count} emails in a day, {server.windows} connections lost after DATA, "
        f"{server.duplicates} duplicates"
    )
    return summary, find_faults(server, emails, count)


def suggestion(topic, consent):
    """An unsaved suggestion with an email address."""
    fields = {"email": f"{uuid4().hex}@example.ru", "consent": consent}
    return Suggestion(
        topic=topic, role="student", text="Письмо.", consented_at=timezone.now(), **fields
    )


def simulate_days(site, server, suggestions):
    """Submit the suggestions over a day of failures, then send for days without failures.

    Returns the queryset of their emails.
    """
    emails = Mail.objects.filter(event__suggestion__topic=suggestions[0].topic)
    modes, steps = cycle(MODES), DAY // STEP
    for step in range(steps):
        if step % (HOUR // STEP) == 0:
            server.mode = next(modes)
        for one in suggestions[step::steps]:
            one.submit(uuid4())
        send_all_due(site, server)
        advance_time(emails, STEP)
    server.mode = "take"
    for _ in range(GIVE_UP_AFTER // HOUR):
        send_all_due(site, server)
        advance_time(emails, HOUR)
    return emails


def advance_time(emails, time):
    emails.filter(due_at__isnull=False).update(
        due_at=F("due_at") - time, created_at=F("created_at") - time
    )


def send_all_due(site, server):
    """Send all due emails like the worker; in the mode "kill" from a separate process."""
    if server.mode == "kill" and Mail.objects.filter(due_at__lte=timezone.now()).exists():
        server.sender = site.command("work", "--once", EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        server.sender.wait()
    while server.mode != "kill" and send_due():
        pass


class Server:
    """A mail server that fails according to `mode`; `taken` counts emails by Message-ID.

    Within its `with` block the site sends its emails to this server.
    """

    def __init__(self):
        self._mode = "take"
        self.taken = Counter()
        self.windows = 0  # emails that were accepted without the sender receiving the reply
        self.sender = None
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.settings = override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=self.port,
            EMAIL_HOST_USER="",
            EMAIL_HOST_PASSWORD="",
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
            EMAIL_TIMEOUT=TIMEOUT,
        )

    @property
    def mode(self):
        return self._mode

    @mode.setter
    def mode(self, mode):
        self._mode = mode
        settings.EMAIL_TIMEOUT = SILENCE if mode == "hang" else TIMEOUT

    def __enter__(self):
        self.controller.start()
        self.settings.enable()
        return self

    def __exit__(self, *_):
        self.settings.disable()
        self.controller.stop()

    @property
    def duplicates(self):
        return self.taken.total() - len(self.taken)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refuse":
            return "451 try later"
        if self.mode == "hang":
            await asyncio.sleep(3 * SILENCE)
            return "451 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken[message_from_bytes(envelope.content)["Message-ID"].strip()] += 1
        if self.mode == "drop":
            self.windows += 1
            server.transport.abort()
        if self.mode == "kill":
            self.windows += 1
            self.sender.kill()
        return "250 OK"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def find_faults(server, emails, count):
    """Yield the violated guarantees as sentences."""
    unsent = emails.filter(sent_at=None).count()
    if emails.count() != count:
        yield f"{emails.count()} emails were queued, expected {count}"
    if unsent:
        yield f"{unsent} emails were given up, expected none"
    if len(server.taken) != count:
        yield f"{len(server.taken)} emails arrived, expected {count}"
    if server.duplicates > server.windows:
        yield (
            f"{server.duplicates} duplicates, expected at most {server.windows}: "
            "one for each lost connection"
        )
