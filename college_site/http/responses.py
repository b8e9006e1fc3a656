"""Responses that several views share."""

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


def see_other(to, *args):
    """Redirect with 303 after a POST, to what redirect() takes: reloading sends nothing again."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)
