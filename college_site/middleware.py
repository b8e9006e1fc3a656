"""What happens to every request: the limit of its body, the headers no package sets."""

from django.urls import Resolver404, resolve

from college_site.views import payload_too_large

VISITOR_LIMIT = 1024 * 1024
STAFF_LIMIT = 256 * 1024 * 1024


def body_limit(get_response):
    """Refuse an oversized body by its Content-Length, before anything reads or spools it.

    A body may be large where the view takes files of visitors and says so by its `largest_body`,
    in bytes, and where a member of staff is logged in.
    """

    def middleware(request):
        length = content_length(request)
        if length > VISITOR_LIMIT and not is_welcome(request, length):
            return payload_too_large(request)
        return get_response(request)

    return middleware


def is_welcome(request, length):
    """Whether this visitor may send so many bytes to this address."""
    return length <= largest_body(request) or (length <= STAFF_LIMIT and request.user.is_staff)


def largest_body(request):
    """How many bytes the view behind this address takes from anybody."""
    try:
        return getattr(resolve(request.path_info).func, "largest_body", VISITOR_LIMIT)
    except Resolver404:
        return VISITOR_LIMIT


def content_length(request):
    """The announced size of the body in bytes, 0 where none is announced."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def resource_policy(get_response):
    """Other sites may not embed our pages, scripts or pictures."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
