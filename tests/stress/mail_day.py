"""A day on which the mail server refuses, hangs, drops what it took, and the sender is killed."""

import asyncio
import logging
import socket
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from itertools import cycle
from uuid import uuid4

from aiosmtpd.controller import Controller
from django.db.models import F
from django.test.utils import override_settings
from django.utils import timezone

from feedback.mail.outbox import GIVE_UP_AFTER, send_due
from feedback.models import Consent, Mail, Suggestion, SuggestionTopic

STEP = timedelta(minutes=5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TIMEOUT = 0.3  # seconds after which the sender gives a silent server up
MOODS = ("refuse", "hang", "drop", "kill", "take")  # of an hour each, over and over

logging.getLogger("mail.log").setLevel(logging.WARNING)  # the server's, which notes every word


def mail_day(site, count):
    """(figure, faults) of so many letters on that day; time passes in the rows alone."""
    consent = Consent.objects.current() or Consent.objects.create(version=1, text="Да.")
    topic = SuggestionTopic.objects.create(title="День почты")
    with Server() as server:
        letters = live_through(site, server, [suggestion(topic, consent) for _ in range(count)])
    figure = (
        f"{count} letters in a day, {server.windows} times lost after DATA, "
        f"{server.duplicates} duplicates"
    )
    return figure, judge(server, letters, count)


def suggestion(topic, consent):
    """One whose author wants to be written to; not yet submitted."""
    fields = {"email": f"{uuid4().hex}@example.ru", "consent": consent}
    return Suggestion(
        topic=topic, role="student", text="Письмо.", consented_at=timezone.now(), **fields
    )


def live_through(site, server, suggestions):
    """The day, on which suggestions come in all the time, and then days of quiet; the letters."""
    letters = Mail.objects.filter(event__suggestion__topic=suggestions[0].topic)
    moods, steps = cycle(MOODS), DAY // STEP
    for step in range(steps):
        if step % (HOUR // STEP) == 0:
            server.mood = next(moods)
        for one in suggestions[step::steps]:
            one.submit(uuid4())
        send_all_due(site, server)
        let_pass(letters, STEP)
    server.mood = "take"
    for _ in range(GIVE_UP_AFTER // HOUR):
        send_all_due(site, server)
        let_pass(letters, HOUR)
    return letters


def let_pass(letters, time):
    letters.filter(due_at__isnull=False).update(
        due_at=F("due_at") - time, created_at=F("created_at") - time
    )


def send_all_due(site, server):
    """What the worker does at its turn; where it is to be killed, in a process of its own."""
    if server.mood == "kill" and Mail.objects.filter(due_at__lte=timezone.now()).exists():
        server.sender = site.command("work", "--once", EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        server.sender.wait()
    while server.mood != "kill" and send_due():
        pass


class Server:
    """A mail server with moods; `taken` counts the letters it has by their Message-ID.

    Within its `with` block the site's letters go to it.
    """

    def __init__(self):
        self.mood = "take"
        self.taken = Counter()
        self.windows = 0  # how often a letter was taken and its sender did not learn of it
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
        if self.mood == "refuse":
            return "451 try later"
        if self.mood == "hang":
            await asyncio.sleep(3 * TIMEOUT)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken[message_from_bytes(envelope.content)["Message-ID"].strip()] += 1
        if self.mood == "drop":
            self.windows += 1
            server.transport.abort()
        if self.mood == "kill":
            self.windows += 1
            self.sender.kill()
        return "250 OK"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def judge(server, letters, count):
    """What is wrong at the end, as lines."""
    unsent = letters.filter(sent_at=None).count()
    if letters.count() != count:
        yield f"{letters.count()} letters were written, expected {count}"
    if unsent:
        yield f"{unsent} letters were given up, expected none"
    if len(server.taken) != count:
        yield f"{len(server.taken)} letters arrived, expected {count}"
    if server.duplicates > server.windows:
        yield f"{server.duplicates} duplicates, expected at most one a loss, {server.windows}"
