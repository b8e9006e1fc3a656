"""What the parts of a request and of a view tell each other, in typed objects."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass
class RequestState:
    """What was found out while one request was answered.

    `college` is the row, once it was read; `validators` the ETag and the datetime of the last
    change, both None while there is no row; `login_wait` how many seconds a refused login waits;
    `is_review` whether a form of the admin is only shown, with what was sent, and not saved.
    """

    college: object = None
    validators: tuple[str | None, datetime | None] | None = None
    depends_on_accessible_version: bool = False
    login_wait: int = 0
    is_review: bool = False


def request_state(request):
    """The RequestState of the request, made when it is first asked for."""
    if not hasattr(request, "portal_state"):
        request.portal_state = RequestState()
    return request.portal_state


@dataclass(frozen=True)
class ViewOptions:
    """What the middleware may know of a view before it is called.

    `body_limit`: bytes that it takes from anybody, None for the usual limit. `on_csrf_failure`: a
    function of the request that answers a form whose token is not valid any more.
    """

    body_limit: int | None = None
    on_csrf_failure: Callable | None = None


def view_options(**options):
    """Decorate a view with ViewOptions, besides those that it has already."""

    def decorate(view):
        view.portal_options = replace(options_of(view), **options)
        return view

    return decorate


def options_of(view):
    return getattr(view, "portal_options", ViewOptions())
