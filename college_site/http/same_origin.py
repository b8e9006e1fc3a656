"""Whether a form comes from a page of this site, where no CSRF token says so."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied


class ForeignRequest(PermissionDenied):
    """A form that does not prove that a page of this site sent it."""


def is_same_origin(request):
    """Whether the browser says that a page of this site sent the request; silence is a no.

    Each header that it sends must agree: "Sec-Fetch-Site", which old browsers and plain HTTP lack,
    and "Origin" or, without it, "Referer". The origin "null" is another site's.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site != "same-origin":
        return False
    if "Origin" in request.headers:
        return request.headers["Origin"] in own_origins(request)
    if "Referer" in request.headers:
        return origin_of(request.headers["Referer"]) in own_origins(request)
    return "Sec-Fetch-Site" in request.headers


def require_same_origin(request):
    """Raise ForeignRequest (403) for a form of another site.

    For forms that stand on pages which are the same for everybody, where a token would give every
    visitor a cookie, and for forms whose token is not valid any more.
    """
    if not is_same_origin(request):
        raise ForeignRequest


def own_origins(request):
    """The origins that Django's CSRF check accepts: the request's own and the trusted ones."""
    return [f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS]


def origin_of(url):
    """Scheme and host of a URL, as in "Origin"; "" for an invalid one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
