"""Limits the size of request bodies by their Content-Length."""

from django.urls import Resolver404, resolve

from college_site.http.request_state import options_of
from college_site.pages.errors import payload_too_large

VISITOR_LIMIT = 1024 * 1024
STAFF_LIMIT = 256 * 1024 * 1024


def body_limit(get_response):
    """Middleware: reject an oversized body before anything reads or stores it.

    The limit is higher for logged-in staff and for views with a `body_limit` in their ViewOptions.
    """

    def middleware(request):
        length = content_length(request)
        if length > VISITOR_LIMIT and not may_be_large(request, length):
            return payload_too_large(request)
        return get_response(request)

    return middleware


def may_be_large(request, length):
    return length <= limit_of_view(request.path_info) or (
        length <= STAFF_LIMIT and request.user.is_staff
    )


def limit_of_view(path):
    """The limit in bytes of the view at this path, for all users."""
    try:
        view = resolve(path).func
    except Resolver404:
        return VISITOR_LIMIT
    return options_of(view).body_limit or VISITOR_LIMIT


def content_length(request):
    """The Content-Length in bytes; 0 if it is missing or invalid."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
