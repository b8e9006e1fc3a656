"""Two members of staff and an author, who act on suggestions by HTTP as their browsers do."""

import http.client
import json
import random
import time
from collections import Counter
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from feedback.author_session import AUTHOR_COOKIE, author_session
from feedback.models import ActStep, Consent, Event, Suggestion, SuggestionTopic
from tests.stress.kills import PAUSE
from tests.stress.visitor import TIMEOUT, Visitor

Kind = Event.Kind
TOKEN = "a" * 32  # a valid CSRF token if the cookie and the form hold it
LOCK_TIME = 5  # seconds after which the database gives up a lock, see the settings
BACKEND = "django.contrib.auth.backends.ModelBackend"
WORDS = "words"  # stands for the act's own words, unlike any others
STAFF_ACTS = {  # {kind: the fields of its form}
    Kind.TAKEN_UP: {},
    Kind.QUESTION: {"words": WORDS},
    Kind.NOTE: {"words": WORDS},
    Kind.FORWARDED: {"words": WORDS},
    Kind.EXTENDED: {"words": WORDS, "days": "7"},
    Kind.ANSWERED: {"words": WORDS, "decision": "accepted", "promise": "Две", "promise_due": "day"},
    Kind.DECLINED: {"words": WORDS},
    Kind.FULFILLED: {"words": WORDS},
    Kind.CANCELLED: {"words": WORDS},
    Kind.ASSIGNED: {"person": "staff"},
    Kind.TOPIC_CHANGED: {"topic": "topic"},
    Kind.RESTRICTED: {},
    Kind.OPENED_UP: {},
    Kind.MERGED: {"number": "number"},
    Kind.SEPARATED: {},
    Kind.UNDONE: {"key": "key"},
}
BUSY = 503
# The form with its errors; performed, by staff and by the author; of a draft, stored or too late.
ANSWERS = ("200", "302", "303", "draft 200", "draft 404", "busy", "no answer")
AUTHOR_ACTS = {  # {kind: (name in the address, fields)}
    Kind.REPLY: ("reply", {"text": WORDS}),
    Kind.WITHDRAWN: ("withdraw", {}),
    Kind.RATED: ("rate", {"rating": "3"}),
    Kind.REOPENED: ("reopen", {"text": WORDS}),
}
STAFF_CHOICES = (*STAFF_ACTS, *4 * (Kind.UNDONE,))


class Act(NamedTuple):
    """An act that the site acknowledged; `staff` is None for the author."""

    suggestion: int
    kind: str
    staff: int | None
    words: str


class People:
    """Those at the desk of one site. Whatever the site acknowledged is in `acknowledged`."""

    def __init__(self, site, title, seed=2026):
        self.site = site
        titles = (title, f"{title}: другая тема")
        self.topics = [SuggestionTopic.objects.create(title=each) for each in titles]
        self.consent = Consent.objects.current() or Consent.objects.create(version=1, text="Да.")
        self.staff = [make_staff(f"{title} {number}") for number in (1, 2)]
        self.colleague = make_staff(f"{title} 3")
        self.sessions = {user.pk: staff_cookie(user) for user in [*self.staff, self.colleague]}
        self.staff_words, self.author_words = "Слова сотрудника", "Слова автора"
        self.receipts = {}  # {suggestion: the author's cookie}
        self.acknowledged = []
        self.statuses = Counter()
        self.generator = random.Random(seed)

    def submit(self, text="Поставьте лавочки во дворе, сидеть негде."):
        """A new suggestion with an address, as its author has sent it."""
        fields = {"email": f"{uuid4().hex}@example.ru", "consent": self.consent}
        row = Suggestion(
            topic=self.topics[0], role="student", text=text, consented_at=timezone.now(), **fields
        )
        stored = row.submit(uuid4())
        self.receipts[stored.pk] = author_cookie(stored)
        return stored

    def choose_staff_act(self, suggestion, other, kinds=STAFF_CHOICES, *, has_seen=False):
        """(kind, fields) of a random act; `other` is the suggestion to merge with.

        With `has_seen` the form says what its page showed, as those in a browser do: others' acts
        have it refused once, and it may be sent twice.
        """
        kind = self.generator.choice(kinds)
        values = {
            "staff": self.generator.choice(self.staff).pk,
            "topic": self.generator.choice(self.topics).pk,
            "number": other.number,
            "key": find_step(suggestion),
            "day": timezone.localdate().isoformat(),
            "seen": find_position(suggestion),
            WORDS: f"{self.staff_words} {uuid4().hex}",
        }
        fields = {**STAFF_ACTS[kind], **({"seen": "seen"} if has_seen else {})}
        return kind, {name: values.get(value, value) for name, value in fields.items()}

    def choose_author_act(self, kinds):
        kind = self.generator.choice(kinds)
        fields = AUTHOR_ACTS[kind][1]
        words = f"{self.author_words} {uuid4().hex}"
        return kind, {name: words if value == WORDS else value for name, value in fields.items()}

    def act_as_staff(self, user, suggestion, kind, fields):
        """Send the form of an act; whether the site acknowledged it."""
        path = f"/admin/feedback/suggestion/{suggestion.pk}/act/{kind}/"
        if kind == Kind.UNDONE:
            path = f"/admin/feedback/suggestion/undo/{fields['key']}/"
        cookies = {settings.SESSION_COOKIE_NAME: self.sessions[user.pk]}
        response = self.send(path, cookies, fields)
        is_done = response is not None and response.status == 302
        # Of a suggestion that this person may not read, the site says so on the start page.
        if is_done and kind != Kind.UNDONE and response.headers["location"] != "/admin/":
            self.acknowledge(suggestion, kind, user.pk, fields.get("words", ""))
            return True
        return False

    def store_draft(self, user, suggestion):
        """Send words that are not finished, as an open page does after a pause."""
        words = {"note": {"words": f"{self.staff_words} {uuid4().hex}"}}
        visitor = Visitor(self.site.address)
        visitor.cookies = {settings.SESSION_COOKIE_NAME: self.sessions[user.pk]}
        visitor.headers = {"Sec-Fetch-Site": "same-origin"}
        path = f"/admin/feedback/suggestion/{suggestion.pk}/draft/"
        body = json.dumps({"user": user.pk, "act": "note", "entries": words})
        start = time.monotonic()
        response = visitor.request_with("POST", path, body, "application/json")
        self.count(response, start, "draft ")

    def act_as_author(self, suggestion, kind, fields):
        entries = {"key": str(uuid4()), "number": suggestion.number, **fields}
        cookies = {AUTHOR_COOKIE: self.receipts[suggestion.pk]}
        response = self.send(f"/feedback/mine/{AUTHOR_ACTS[kind][0]}/", cookies, entries)
        if response is not None and response.status == 303:
            self.acknowledge(suggestion, kind, None, fields.get("text", ""))
            return True
        return False

    def acknowledge(self, suggestion, kind, staff, words):
        self.acknowledged.append(Act(suggestion.pk, str(kind), staff, words))

    def send(self, path, cookies, fields):
        """The response to the form, which is sent again while the site dies; None after TIMEOUT."""
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            if response := self.send_once(path, cookies, fields):
                return response
            time.sleep(PAUSE)
        return None

    def send_once(self, path, cookies, fields):
        """The response, or None if the site died meanwhile.

        On a slow machine acts may wait for each other until the database gives up: that is told,
        and no fault. A deadlock ends sooner.
        """
        visitor, start = Visitor(self.site.address), time.monotonic()
        visitor.cookies = {settings.CSRF_COOKIE_NAME: TOKEN, **cookies}
        try:
            response = visitor.request("POST", path, {"csrfmiddlewaretoken": TOKEN, **fields})
        except (OSError, http.client.HTTPException):
            self.statuses["no answer"] += 1
            return None
        self.count(response, start)
        return response

    def count(self, response, start, prefix=""):
        is_busy = response.status == BUSY and time.monotonic() - start >= LOCK_TIME
        self.statuses["busy" if is_busy else f"{prefix}{response.status}"] += 1

    def list_odd_answers(self):
        """Nobody got an error or another answer than those of forms and drafts."""
        if odd := {name: times for name, times in self.statuses.items() if name not in ANSWERS}:
            yield f"found answers {odd}, expected {ANSWERS}"


def find_position(suggestion):
    """The place of its last event in the history."""
    return suggestion.events.order_by("position").values_list("position", flat=True).last()


def find_step(suggestion, user=None):
    """The key of the latest act on it, by this person or by any."""
    steps = ActStep.objects.filter(suggestion=suggestion, **({"staff": user} if user else {}))
    return steps.values_list("key", flat=True).first() or uuid4()


def make_staff(name):
    """Somebody who may do everything at the desk; without an address, so no reminders are sent."""
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="feedback"))
    return user


def staff_cookie(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def author_cookie(suggestion):
    response = HttpResponse()
    author_session.start(RequestFactory().get("/"), response, suggestion.pk)
    return response.cookies[AUTHOR_COOKIE].value
