"""Typed state of a request, and options of views for the middleware."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass
class RequestState:
    """State shared by middleware, views and templates during one request.

    `college`: the row, once it was read. `validators`: ETag and datetime of the last change, both
    None if there is no row. `login_wait`: the seconds until a rejected login may be retried.
    `is_review`: whether a form of the admin is only shown with the submitted entries, not saved.
    """

    college: object = None
    validators: tuple[str | None, datetime | None] | None = None
    depends_on_accessible_version: bool = False
    login_wait: int = 0
    is_review: bool = False


def request_state(request):
    """The RequestState of the request, created on first use."""
    if not hasattr(request, "portal_state"):
        request.portal_state = RequestState()
    return request.portal_state


@dataclass(frozen=True)
class ViewOptions:
    """Options of a view for the middleware.

    `body_limit`: the maximum body size in bytes for all users, None for the default.
    `on_csrf_failure`: a function of the request that returns the response to a form with an
    invalid CSRF token.
    """

    body_limit: int | None = None
    on_csrf_failure: Callable | None = None


def view_options(**options):
    """Decorate a view with ViewOptions; options of earlier decorators are preserved."""

    def decorate(view):
        view.portal_options = replace(options_of(view), **options)
        return view

    return decorate


def options_of(view):
    return getattr(view, "portal_options", ViewOptions())
