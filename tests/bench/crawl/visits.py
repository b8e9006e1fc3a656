"""Sends requests to the site in this process and saves each response."""

from datetime import timedelta
from urllib.parse import urljoin

from django.test import Client

from tests.bench.crawl.stable_text import Names, content_of, file_name

WRITING = timedelta(minutes=2)  # the time to fill in a form


class Visits:
    """Sends requests as different browsers and writes each response to a file of the folder."""

    def __init__(self, folder, clock):
        self.folder, self.clock = folder, clock
        self.names, self.titles = Names(), set()
        self.networks = 0

    def client(self):
        """A new client with its own IP address, CSRF checks and error pages."""
        self.networks += 1
        return Client(
            enforce_csrf_checks=True,
            raise_request_exception=False,
            SERVER_NAME="localhost",
            REMOTE_ADDR=f"192.0.2.{self.networks}",
        )

    def save(self, title, response, note=""):
        """Write the response to a file; `title` describes the request and must be unique."""
        title = self.names.normalize(title)
        if title in self.titles:
            raise RuntimeError(f"Found the title {title!r} twice, expected unique titles")
        self.titles.add(title)
        lines = [title, str(response.status_code), *self.names.headers(response)]
        text = "\n".join([*lines, *([note] if note else []), "", self.names.body(response)])
        (self.folder / file_name(title)).write_text(text, encoding="utf-8", newline="")
        return response

    def get(self, client, address, scene=""):
        return self.save(f"{scene}GET {address}", client.get(address))

    def send(self, client, address, entries, scene):
        """POST the entries, save the response and the pages it redirects to."""
        self.clock.shift(WRITING)
        headers = {"sec-fetch-site": "same-origin"}
        response = client.post(address, entries, headers=headers)
        self.save(f"{scene}: POST {address}", response)
        while response.status_code in (302, 303):
            address = urljoin(address, response.headers["Location"])
            response = self.get(client, address, f"{scene}: ")
        return response

    def head(self, client, address, response):
        """A note on the differences between the responses to HEAD and GET."""
        head = client.head(address)
        found, expected = ([one.status_code, *self.names.headers(one)] for one in (head, response))
        headers = "same headers" if found == expected else found
        return f"HEAD: {headers}, {len(content_of(head))} bytes"
