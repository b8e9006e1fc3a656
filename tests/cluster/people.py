"""People who use the cluster at the same time, through nginx: readers, senders, a teacher."""

import http.client
import threading
import time
from collections import Counter
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, Client, encode_multipart

from tests import factories
from tests.cluster.machines import ANSWERED_BY
from tests.stress.visitor import Visitor, suggestion

PAGES = ["/", "/news/", "/feedback/", "/feedback/new/"]
PATIENCE = 600  # seconds until something has to happen on a slow machine


class PatientVisitor(Visitor):
    """A visitor who waits longer than a busy machine takes."""

    timeout = PATIENCE


class Crowd:
    """Readers and senders who never try again: each answer but the expected one is a fault."""

    def __init__(self, address, topic, consent):
        self.address, self.topic, self.consent = address, topic, consent
        self.acknowledged, self.faults = [], []
        self.cut = 0  # answers that had begun when their machine died: nobody can repeat them
        self.read, self.slowest = 0, 0.0
        self.answers = Counter()  # through nginx, of each machine
        self.is_over = False
        people = [self.read_pages] * 3 + [self.send_suggestions] * 3
        self.threads = [
            threading.Thread(target=person, args=[number], daemon=True)
            for number, person in enumerate(people)
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over = True
        for thread in self.threads:
            thread.join(PATIENCE)

    def wait_for_more(self, count):
        """Wait until so many more suggestions are acknowledged and pages read."""
        sent, read = len(self.acknowledged) + count, self.read + count
        self.wait_until(lambda: len(self.acknowledged) >= sent and self.read >= read)

    def wait_for_machine(self, machine):
        """Wait until nginx asks a machine again that had died: one answer may be its trial."""
        name = machine.environment["BIND"]
        goal = self.answers[name] + 2
        self.wait_until(lambda: self.answers[name] >= goal)

    def wait_until(self, is_reached):
        deadline = time.monotonic() + PATIENCE
        while not is_reached():
            if time.monotonic() > deadline:
                raise SystemExit(f"Nothing more arrives after {PATIENCE} s. Faults: {self.faults}")
            time.sleep(0.05)

    def expect(self, status, ask, what):
        """The answer of `ask()`, or None after noting that it was another one."""
        begin = time.monotonic()
        try:
            response = ask()
            found = response.status
        except http.client.IncompleteRead:
            self.cut += 1
            return None
        except (OSError, http.client.HTTPException) as error:
            found = repr(error)
        self.slowest = max(self.slowest, time.monotonic() - begin)
        if found == status:
            self.answers[response.headers.get(ANSWERED_BY, "").split(", ")[-1]] += 1
            return response
        self.faults.append(f"{what}: found {found}, expected {status}")
        return None

    def read_pages(self, number):
        visitor = PatientVisitor(self.address, f"10.{number}.0.1")
        while not self.is_over:
            path = PAGES[self.read % len(PAGES)]
            if self.expect(200, lambda path=path: visitor.request("GET", path), f"GET {path}"):
                self.read += 1

    def send_suggestions(self, number):
        count = 0
        while not self.is_over:
            count += 1
            visitor = PatientVisitor(self.address, f"10.{number}.{count // 250}.{count % 250 + 1}")
            if not self.expect(200, visitor.open_form, "the form"):
                continue
            entries = suggestion(
                self.topic,
                f"Предложение {count} посетителя {number}, всё всерьёз.",
                reply_by="email",
                email=f"visitor{number}-{count}@example.ru",
                consents="on",
                consent_version=self.consent,
            )
            if self.expect(303, lambda v=visitor, e=entries: v.send(e), "a suggestion"):
                self.acknowledged.append(entries)


class Teacher(PatientVisitor):
    """Somebody who is logged in, on any machine, and uploads photographs."""

    def __init__(self, address, session):
        super().__init__(address)
        self.cookies = {settings.SESSION_COOKIE_NAME: session}
        self.headers = {"Sec-Fetch-Site": "same-origin"}

    def upload_photo(self, key):
        """Upload a photograph into the slot of unsaved text with this key."""
        photo = SimpleUploadedFile("photo.jpg", factories.picture_bytes((1600, 1200)))
        body = encode_multipart(BOUNDARY, {"file": photo, "order": "0"})
        path = f"/admin/news/post/autosave/{key}/photos/"
        return self.request_with("POST", path, body, MULTIPART_CONTENT).status


def log_in():
    """The session of a new member of staff, for all machines."""
    user = get_user_model().objects.create_superuser(f"teacher-{uuid4().hex}")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
