"""The limit of a request's body, by its announced length, before anything reads it."""

from django.urls import Resolver404, resolve

from college_site.http.request_state import options_of
from college_site.pages.errors import payload_too_large

VISITOR_LIMIT = 1024 * 1024
STAFF_LIMIT = 256 * 1024 * 1024


def body_limit(get_response):
    """Refuse an oversized body by its Content-Length, before anything reads or spools it.

    A body may be larger for a member of staff who is logged in, and where a view that takes files
    says how large, in bytes, by its ViewOptions.
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
    """How many bytes the view of this path takes from everybody."""
    try:
        view = resolve(path).func
    except Resolver404:
        return VISITOR_LIMIT
    return options_of(view).body_limit or VISITOR_LIMIT


def content_length(request):
    """The announced size of the body in bytes, 0 where none is announced."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
