"""Shared responses."""

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


def see_other(to, *args):
    """Redirect with status 303 after a POST; takes the arguments of redirect()."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)


def make_private(response, *, holds_form=False):
    """Forbid to store, index or compress the page, or to pass its address on; returns it.

    The address of a page with a form is passed on within this site: under no-referrer, browsers
    submit a form with "Origin: null", which the CSRF check refuses.
    """
    response.holds_secrets = True  # so it is not compressed
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin" if holds_form else "no-referrer"
    return response
