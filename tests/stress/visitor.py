"""A visitor of the site under test, who opens and submits the form like a browser."""

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
TIMEOUT = 60  # seconds for an answer
WRITING_TIME = 60  # seconds between opening and submitting the form


class Response(NamedTuple):
    """A response; the names in `headers` are in lower case."""

    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """Stores cookies; every request uses a new connection and has the IP `client_address`."""

    timeout = TIMEOUT

    def __init__(self, address, client_address="127.0.0.1"):
        self.address, self.client_address = address, client_address
        self.cookies = {}
        self.headers = {}
        self.hidden = {}

    def request(self, method, path, fields=None):
        """Send a request; raises OSError or HTTPException if the site dies meanwhile."""
        body = None if fields is None else urlencode(fields)
        return self.request_with(method, path, body, "application/x-www-form-urlencoded")

    def request_with(self, method, path, body, content_type):
        connection = http.client.HTTPConnection(*self.address, timeout=self.timeout)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "X-Forwarded-For": self.client_address, **self.headers}
        if body is not None:
            headers["Content-Type"] = content_type
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="surrogateescape")
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(header).items()}
        named = {name.lower(): value for name, value in response.headers.items()}
        return Response(response.status, named, text)

    def open_form(self):
        """Fetch the form and store its hidden CSRF token; returns the response."""
        response = self.request("GET", FORM)
        self.hidden = dict(TOKEN.findall(response.text))
        return response

    def send_file(self, entries, content):
        """Send a suggestion's entries with a file."""
        body = encode_multipart(
            BOUNDARY,
            {**self.hidden, **entries, "files": SimpleUploadedFile("file.bin", content)},
        )
        return self.request_with("POST", FORM, body, MULTIPART_CONTENT)

    def send(self, entries):
        """Submit a suggestion like the check page."""
        return self.request("POST", FORM, {**self.hidden, **entries, "step": "send"})


def suggestion(topic, text, **changes):
    """The POST data of a valid suggestion without an email address."""
    opened = signing.dumps(int(time.time()) - WRITING_TIME, salt=OPENED_SALT)
    entries = {"submission_key": str(uuid4()), "opened": opened, "topic": topic, "text": text}
    return {**entries, "role": "student", "reply_by": "code", **changes}


def submission_key(entries):
    """The key under which the site registers a suggestion with this POST data."""
    return uuid5(UUID(entries["submission_key"]), entries["text"])
