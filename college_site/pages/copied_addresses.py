"""Addresses that were copied together with the punctuation behind them."""

from django.urls import Resolver404, resolve, reverse
from django.utils.http import MAX_URL_REDIRECT_LENGTH, escape_leading_slashes

# The last ones are invisible: soft hyphen, zero-width characters, direction marks, joiner, BOM.
PUNCTUATION = (
    "()[]{}<>«»„“”‚‘’\"'`.,;:!?…*|\\–— \t\r\n\u00a0\u202f"
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)


def corrected_url(request):
    """The URL without the punctuation behind its path, "" if that is no page of visitors.

    Messengers and editors guess where an address ends and a sentence goes on.
    """
    path = request.path_info.removesuffix("/")
    stem = path.rstrip(PUNCTUATION)
    if stem == path or request.method not in ("GET", "HEAD"):
        return ""
    for candidate in (stem, f"{stem}/"):
        if is_page(candidate):
            query = request.META.get("QUERY_STRING", "")
            url = escape_leading_slashes(f"{candidate}?{query}" if query else candidate)
            return url if len(url) <= MAX_URL_REDIRECT_LENGTH else ""
    return ""


def is_page(path):
    """Whether a visitor may ask for this path; the admin has a view for any path below it."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return not path.startswith(reverse("admin:index"))
