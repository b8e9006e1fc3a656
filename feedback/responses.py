"""How answers that are meant for one person leave the site."""

from django.http import HttpResponseRedirect
from django.urls import reverse


def make_private(response, *, holds_form=False):
    """A page for one person: never stored, never indexed, its address never passed on.

    A page with a form tells its address to this site: under no-referrer browsers send a form with
    "Origin: null", which the CSRF check refuses.
    """
    response.holds_secrets = True  # so it is not compressed
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin" if holds_form else "no-referrer"
    return response


def see_other(page):
    """303: what was sent is done, the browser goes on to a page that it may reload."""
    response = HttpResponseRedirect(reverse(page), status=303)
    return make_private(response)
