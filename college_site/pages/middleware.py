"""What happens to every request: the limit of its body, a page for the wrong method, a header."""

from http import HTTPStatus

from django.urls import Resolver404, resolve

from college_site.pages.views import method_not_allowed, payload_too_large

VISITOR_LIMIT = 1024 * 1024
STAFF_LIMIT = 256 * 1024 * 1024


def body_limit(get_response):
    """Refuse an oversized body by its Content-Length, before anything reads or spools it.

    A body may be larger for a member of staff who is logged in, and where a view that takes files
    says how large, in bytes, by its attribute `body_limit`.
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
    return getattr(view, "body_limit", VISITOR_LIMIT)


def content_length(request):
    """The announced size of the body in bytes, 0 where none is announced."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def method_not_allowed_page(get_response):
    """A page for whoever opens an address that takes forms alone; Django's answer is empty."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return method_not_allowed(request, response.headers["Allow"])
        return response

    return middleware


def resource_policy(get_response):
    """Other sites may not embed our pages, scripts or pictures."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
