"""Clients as browsers are: they say where forms come from and hold an author's session."""

from django.http import HttpRequest
from django.test import Client

from feedback.author_session import author_session


def browser(**options):
    """A Client as a browser on our own pages; `options` are the Client's."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, **options)


def start_author_session(response, suggestion):
    """Set the cookie of an author's session, as entering number and code does."""
    author_session.start(HttpRequest(), response, suggestion.pk)
