"""How answers that are meant for one person leave the site."""

from django.http import HttpResponseRedirect
from django.urls import reverse


def private(response):
    """A page for one person: never stored, never indexed, its address never passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def see_other(page, query=None):
    """303: what was sent is done, the browser goes on to a page that it may reload."""
    response = HttpResponseRedirect(reverse(page, query=query), status=303)
    return private(response)
