"""Shared responses."""

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


def see_other(to, *args):
    """Redirect with status 303 after a POST; takes the arguments of redirect()."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)
