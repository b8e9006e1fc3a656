"""A visitor of the site under trial: opens the form and sends it, as a browser does."""

import http.client
import re
import time
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from feedback.moderation.abuse import OPENED_SALT

FORM = "/feedback/new/"
TOKEN = re.compile(r'name="(csrfmiddlewaretoken)" value="([^"]*)"')
PATIENCE = 60  # seconds for an answer
WRITING = 60  # seconds that a visitor seems to have needed for a text


class Answer(NamedTuple):
    """Status, headers with lower-case names, and text of an answer."""

    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """Keeps cookies; every request has a connection of its own, and comes from `home`."""

    def __init__(self, address, home="127.0.0.1"):
        self.address, self.home = address, home
        self.cookies = {}
        self.hidden = {}

    def request(self, method, path, fields=None):
        """The Answer; OSError or HTTPException where the site died meanwhile."""
        body = None if fields is None else urlencode(fields)
        return self.request_with(method, path, body, "application/x-www-form-urlencoded")

    def request_with(self, method, path, body, content_type):
        connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "X-Forwarded-For": self.home}
        if body is not None:
            headers["Content-Type"] = content_type
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
        self.hidden = dict(TOKEN.findall(self.request("GET", FORM).text))

    def send_file(self, entries, content):
        """Send a suggestion's entries with a file."""
        body = encode_multipart(
            BOUNDARY,
            {**self.hidden, **entries, "files": SimpleUploadedFile("file.bin", content)},
        )
        return self.request_with("POST", FORM, body, MULTIPART_CONTENT)

    def send(self, entries):
        """Send a suggestion's entries from the check page on."""
        return self.request("POST", FORM, {**self.hidden, **entries, "step": "send"})


def suggestion(topic, text, **changes):
    """The entries of a suggestion that nothing is wrong with, to be answered under its code."""
    opened = signing.dumps(int(time.time()) - WRITING, salt=OPENED_SALT)
    entries = {"submission_key": str(uuid4()), "opened": opened, "topic": topic, "text": text}
    return {**entries, "role": "student", "reply_by": "code", **changes}


def key_of(entries):
    """The key under which a suggestion with these entries is registered."""
    return uuid5(UUID(entries["submission_key"]), entries["text"])
