"""Absolute URLs for feeds, emails, search engines and messengers."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


@cache
def fixed_path(name, *args):
    """The path of a URL name with constant arguments; every page has two dozen such links."""
    return reverse(name, args=args)


def absolute_url(path):
    """The canonical URL of a path, independent of the requested host."""
    return settings.SITE_URL + path


def absolute_reverse(name, *args):
    """The canonical URL of a URL name."""
    return absolute_url(reverse(name, args=args))


def site_host():
    """The host for identifiers: tag URIs, UIDs, Message-IDs."""
    return urlsplit(settings.SITE_URL).hostname
