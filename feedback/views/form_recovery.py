"""Recovery of forms: after a failure the page shows the entries again, to submit them once more.

Only the entries of our own pages: what another site sent would look like the visitor's words, and
its key would let that site's owner know the key of the form that the visitor goes on with.
"""

import errno
import logging
import traceback
from enum import Enum
from functools import wraps

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import Error as DatabaseFailure
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from college_site.http.request_state import view_options
from college_site.http.same_origin import is_same_origin
from college_site.models import College
from college_site.pages.errors import RETRY_SECONDS
from college_site.uploads.sandbox import SandboxBusy

logger = logging.getLogger(__name__)

INTERNAL = ("csrfmiddlewaretoken", "step", "text")


class Problem(Enum):
    """Why a form was not processed, with the response's status."""

    EXPIRED = ("the token is not valid any more", 403)
    FOREIGN = ("another site may have sent it", 403)
    BROKEN = ("an error of ours", 500)
    BUSY = ("the database or the disk", 503)

    @property
    def status(self):
        return self.value[1]


def with_form_recovery(restore_form):
    """Decorate a view: `restore_form(request, problem, entries)` responds if a POST fails.

    It also responds if the CSRF check fails. `entries` is what may be shown again.
    """

    @never_cache
    def unverified(request):
        problem = Problem.EXPIRED if is_same_origin(request) else Problem.FOREIGN
        return recover_form(request, restore_form, problem)

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

        return view_options(on_csrf_failure=unverified)(inner)

    return decorate


def recover_form(request, restore_form, problem):
    """The restored form; if that fails as well, a page that needs no database."""
    entries = QueryDict() if problem is Problem.FOREIGN else request.POST
    try:
        response = restore_form(request, problem, entries)
    except Exception as failure:
        log_failure(failure)
        response = render_fallback(request, problem, entries)
    response.status_code = problem.status
    if problem is Problem.BUSY:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def render_fallback(request, problem, entries):
    """A form with the text and, hidden, the other entries."""
    others = [entry for entry in entries.items() if entry[0] not in INTERNAL]
    context = {
        "college": College(),
        "problem": problem,
        "lost_files": request.FILES,
        "text": entries.get("text", ""),
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
