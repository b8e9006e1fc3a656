"""Absolute addresses, for whatever leaves the site: search engines, messengers, feeds."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def absolute_url(path):
    """The address of a path on this site, the same by whatever name a visitor asks for it."""
    return settings.SITE_URL + path


def absolute_reverse(name, *args):
    """The address of a page by its URL name."""
    return absolute_url(reverse(name, args=args))


def site_host():
    """The name that identities are made of: tag URIs, UIDs, Message-IDs."""
    return urlsplit(settings.SITE_URL).hostname
