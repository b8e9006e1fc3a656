"""What two machines have to show: one site, no suggestion lost, nothing withdrawn still seen."""

import argparse
import logging
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from email import message_from_bytes
from pathlib import Path
from uuid import uuid4

from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from feedback.models import Consent, Mail, Suggestion, SuggestionTopic
from news.models import Photo, Post
from tests import factories
from tests.bench.databases import scratch_databases, use
from tests.cluster.machines import Machine, reserve_port, serve_nginx
from tests.cluster.people import PATIENCE, Crowd, PatientVisitor, Teacher, log_in
from tests.stress.kills import find_faults
from tests.stress.site import database_url

KILLS = 2
DEFAULT_SIZE = 12  # suggestions and pages before and after each kill

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd logs every command


class Mailbox:
    """A mail server that counts the letters by their Message-ID."""

    def __init__(self):
        self.letters = Counter()

    async def handle_DATA(self, server, session, envelope):
        self.letters[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.cluster", description="Tries the site on two machines behind nginx."
    )
    parser.add_argument(
        "--size", type=int, default=DEFAULT_SIZE, help="suggestions and pages around each kill"
    )
    faults = try_two_machines(parser.parse_args().size)
    print(*faults, sep="\n", end="\n" * bool(faults))
    if faults:
        sys.exit("Two machines are not one site.")
    print("Everything held.")


def try_two_machines(size):
    """Faults, as sentences."""
    with scratch_databases("cluster"), ExitStack() as stack:
        use("cluster")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-machines-")))
        mailbox = Mailbox()
        port = stack.enter_context(reserve_port()).getsockname()[1]
        mail = Controller(mailbox, hostname="127.0.0.1", port=port)
        mail.start()
        stack.callback(mail.stop)
        machines = [
            Machine(folder / name, database_url(connection.settings_dict), port) for name in "ab"
        ]
        machines[0].collect_static()
        shutil.copytree(folder / "a" / "static", folder / "b" / "static")
        for machine in machines:
            stack.callback(machine.close)
            machine.start()
        nginx = stack.enter_context(serve_nginx(folder / "nginx", machines))
        return [*check_files(machines), *check_kills(nginx, machines, mailbox, size)]


def check_files(machines):
    """Faults of a photograph and a page that come from one machine and are seen on both."""
    here, there = (machine.address for machine in machines)
    session = log_in()
    key = uuid4()
    status = Teacher(here, session).upload_photo(key)
    if status != 200:
        yield f"a photograph uploaded to one machine: found {status}, expected 200"
        return
    photo = Photo.objects.get()
    answers = [fetch_bytes(Teacher(address, session), photo.url) for address in (here, there)]
    if answers[0] != answers[1] or answers[0][0] != 200:
        yield f"the photograph: found {answers[0][0]} and {answers[1][0]}, expected the same 200"
    post = publish_with(photo)
    yield from compare(machines, post, photo, 200)
    yield from compare(machines, post, photo, 200)  # now from the page store
    Post.objects.get(pk=post.pk).delete()
    yield from compare(machines, post, photo, 404)
    print("Photographs and pages: seen and withdrawn on both machines at once.", flush=True)


def publish_with(photo):
    """A published post, to which the uploaded photograph belongs."""
    post = factories.post(published_at=timezone.now())
    photo.post, photo.autosave = post, None
    photo.save()
    return post


def compare(machines, post, photo, expected):
    """Faults of the post's page and photograph on any machine."""
    for number, machine in enumerate(machines, 1):
        for path in (post.get_absolute_url(), photo.url):
            status, _ = fetch_bytes(PatientVisitor(machine.address), path)
            if status != expected:
                yield f"{path} on machine {number}: found {status}, expected {expected}"


def fetch_bytes(visitor, path):
    response = visitor.request("GET", path)
    return response.status, response.text


def check_kills(nginx, machines, mailbox, size):
    """Faults that visitors see while the machines die and return by turns, and of what is left."""
    topic = SuggestionTopic.objects.create(title="Проверка на прочность")
    consent = Consent.objects.current() or Consent.objects.create(version=1, text="Да.")
    begin = time.monotonic()
    with Crowd(nginx, topic.pk, consent.version) as crowd:
        crowd.wait_for_more(size)
        for machine in machines:
            machine.kill()
            crowd.wait_for_more(size)
            machine.start()
            crowd.wait_for_machine(machine)
            crowd.wait_for_more(size)
    seconds = time.monotonic() - begin
    print(
        f"Two machines killed under load: {crowd.read} pages and {len(crowd.acknowledged)} "
        f"suggestions in {seconds:.0f} s, {len(crowd.faults)} errors, {crowd.cut} answers "
        f"broken off, the slowest {crowd.slowest:.1f} s.",
        flush=True,
    )
    yield from crowd.faults
    if crowd.cut > KILLS * len(crowd.threads):
        yield f"answers broken off: found {crowd.cut}, expected those in flight at a kill at most"
    yield from find_faults(crowd.acknowledged, Suggestion.objects.count())
    yield from check_letters(mailbox)


def check_letters(mailbox):
    """Faults of the letters: each is sent once, or again after the lease of a killed worker."""
    waiting = Mail.objects.filter(due_at__isnull=False)
    deadline = time.monotonic() + PATIENCE
    while waiting.filter(due_at__lte=timezone.now()).exists() and time.monotonic() < deadline:
        time.sleep(0.5)
    written, sent, left = Mail.objects.count(), len(mailbox.letters), waiting.count()
    leased = waiting.filter(last_error="").count()  # the others were refused and are sent later
    twice = sum(mailbox.letters.values()) - sent
    print(f"Letters: {sent} of {written} sent, {twice} twice, {left} waiting.", flush=True)
    if sent + left < written or leased > KILLS or twice > KILLS:
        yield f"letters: expected {written} sent, at most {KILLS} leased or sent twice"
