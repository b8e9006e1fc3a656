"""Recovery of forms: after a failure the page shows the entries again, to submit them once more."""

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
from college_site.uploads.sandbox import SandboxBusy

logger = logging.getLogger(__name__)

INTERNAL = ("csrfmiddlewaretoken", "step", "text")


class Problem(Enum):
    """Why a form was not processed; the value is the response's status."""

    EXPIRED = 403
    BROKEN = 500
    BUSY = 503


def with_form_recovery(restore_form):
    """Decorate a view: `restore_form(request, problem)` responds if a POST fails.

    It also responds if the CSRF token of the form has expired.
    """

    @never_cache
    def expired(request):
        return recover_form(request, restore_form, Problem.EXPIRED)

    def decorate(view):
        @wraps(view)
        def inner(request, *args, **kwargs):
            if request.method != "POST":
                return view(request, *args, **kwargs)
            request.POST  # noqa: B018 - an unreadable body raises here, outside of recovery
            try:
                return view(request, *args, **kwargs)
            except (Http404, PermissionDenied, SuspiciousOperation):
                raise
            except SandboxBusy:  # many may come at once: a traceback of each would fill the log
                logger.warning("A form was shown again: its files had to wait too long.")
                return recover_form(request, restore_form, Problem.BUSY)
            except Exception as failure:
                log_failure(failure)
                busy = isinstance(failure, (DatabaseFailure, OSError))
                return recover_form(request, restore_form, Problem.BUSY if busy else Problem.BROKEN)

        return view_options(on_csrf_failure=expired)(inner)

    return decorate


def recover_form(request, restore_form, problem):
    """The restored form; if that fails as well, a page that needs no database."""
    try:
        response = restore_form(request, problem)
    except Exception as failure:
        log_failure(failure)
        response = render_fallback(request, problem)
    response.status_code = problem.value
    if problem is Problem.BUSY:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def render_fallback(request, problem):
    """A form with the text and, hidden, the other entries."""
    others = [entry for entry in request.POST.items() if entry[0] not in INTERNAL]
    context = {
        "college": College(),
        "problem": problem,
        "lost_files": request.FILES,
        "text": request.POST.get("text", ""),
        "others": others,
    }
    return render(request, "feedback/form_recovery.html", context)


def log_failure(failure):
    """Log the exception and its traceback without messages, which may quote the text."""
    where = "".join(traceback.format_tb(failure.__traceback__))
    logger.error(
        "A form failed and was shown again: %s\n%s",
        " from ".join(list_exception_names(failure)),
        where,
    )


def list_exception_names(failure):
    """Yield the names of an exception and of its causes, with their error codes."""
    while failure:
        code = (
            getattr(failure, "sqlite_errorname", None)
            or getattr(failure, "sqlstate", None)
            or errno.errorcode.get(getattr(failure, "errno", None))
        )
        yield f"{type(failure).__name__} ({code})" if code else type(failure).__name__
        failure = failure.__cause__ or failure.__context__
