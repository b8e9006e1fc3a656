"""No failure loses what somebody wrote: it comes back in a form to send again."""

import errno
import logging
import traceback
from enum import Enum
from functools import wraps

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import Error as DatabaseFailure
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from college_site.http.request_state import view_options
from college_site.models import College
from college_site.pages.errors import RETRY_SECONDS

logger = logging.getLogger(__name__)

INTERNAL = ("csrfmiddlewaretoken", "step", "text")


class Problem(Enum):
    """Why something was not sent, as the status of the answer."""

    EXPIRED = 403
    BROKEN = 500
    BUSY = 503


def keeping_text(form_again):
    """Decorate a view: whatever fails in a POST, `form_again(request, problem)` is its answer.

    So it is where the form was open longer than its token lives.
    """

    @never_cache
    def expired(request):
        return with_text(request, form_again, Problem.EXPIRED)

    def decorate(view):
        @wraps(view)
        def inner(request, *args, **kwargs):
            if request.method != "POST":
                return view(request, *args, **kwargs)
            request.POST  # noqa: B018 - a body that cannot be read is answered as everywhere
            try:
                return view(request, *args, **kwargs)
            except (Http404, PermissionDenied, SuspiciousOperation):
                raise
            except Exception as failure:
                report(failure)
                busy = isinstance(failure, (DatabaseFailure, OSError))
                return with_text(request, form_again, Problem.BUSY if busy else Problem.BROKEN)

        return view_options(on_csrf_failure=expired)(inner)

    return decorate


def with_text(request, form_again, problem):
    """The form again; where even that fails, a page that asks the database nothing."""
    try:
        response = form_again(request, problem)
    except Exception as failure:
        report(failure)
        response = bare_page(request, problem)
    response.status_code = problem.value
    if problem is Problem.BUSY:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def bare_page(request, problem):
    """The text and, hidden, the other entries; sending them again asks for what is not right."""
    others = [entry for entry in request.POST.items() if entry[0] not in INTERNAL]
    context = {
        "college": College(),
        "problem": problem,
        "lost_files": request.FILES,
        "text": request.POST.get("text", ""),
        "others": others,
    }
    return render(request, "feedback/kept_text.html", context)


def report(failure):
    """Log what failed and where; not its message, in which a database may quote the text."""
    where = "".join(traceback.format_tb(failure.__traceback__))
    logger.error(
        "A text was not taken and given back: %s\n%s", " from ".join(kinds(failure)), where
    )


def kinds(failure):
    """The names of an exception and of its causes, with the codes that they bear."""
    while failure:
        code = (
            getattr(failure, "sqlite_errorname", None)
            or getattr(failure, "sqlstate", None)
            or errno.errorcode.get(getattr(failure, "errno", None))
        )
        yield f"{type(failure).__name__} ({code})" if code else type(failure).__name__
        failure = failure.__cause__ or failure.__context__
