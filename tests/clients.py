"""Clients that say, as browsers do, that their forms are sent from pages of this site."""

from django.test import Client


def browser(**options):
    """A Client as a browser on our own pages; `options` are the Client's."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, **options)
