"""A visitor of the site under trial: opens the form and sends it, as a browser does."""

import http.client
import re
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

FORM = "/feedback/new/"
FIELD = re.compile(r'name="(csrfmiddlewaretoken|opened)" value="([^"]*)"')
PATIENCE = 60  # seconds for an answer


class Answer(NamedTuple):
    """Status, headers with lower-case names, and text of an answer."""

    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """Keeps cookies; every request has a connection of its own."""

    def __init__(self, address):
        self.address = address
        self.cookies = {}
        self.hidden = {}

    def request(self, method, path, fields=None):
        """The Answer; OSError or HTTPException where the site died meanwhile."""
        connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(header).items()}
        named = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, named, text)

    def open_form(self):
        """Fetch the form and keep what it hides."""
        self.hidden = dict(FIELD.findall(self.request("GET", FORM).text))

    def send(self, entries):
        """Send a suggestion's entries from the check page on."""
        return self.request("POST", FORM, {**self.hidden, **entries, "step": "send"})


def suggestion(topic, text, **changes):
    """The entries of a suggestion with a key of its own, to be answered under its code alone."""
    entries = {"submission_key": str(uuid4()), "topic": topic, "role": "student", "text": text}
    return {**entries, "reply_by": "code", **changes}


def key_of(entries):
    """The key under which a suggestion with these entries is registered."""
    return uuid5(UUID(entries["submission_key"]), entries["text"])
