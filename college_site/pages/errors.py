"""Error pages: what failed and what to do next."""

import math
import sys
from http import HTTPStatus

from django.db import Error as DatabaseFailure
from django.db import InterfaceError, OperationalError
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from college_site.accounts.login_recovery import is_admin_form_post
from college_site.accounts.login_throttling import lock_seconds
from college_site.http.request_state import options_of
from college_site.http.same_origin import ForeignRequest
from college_site.models import College
from college_site.pages.copied_addresses import corrected_url

RETRY_SECONDS = 30  # the Retry-After of a busy database


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    is_foreign = isinstance(exception, ForeignRequest)
    return render(request, "403_foreign.html" if is_foreign else "403.html", status=403)


def page_not_found(request, exception=None):
    """The page, or a redirect from an address with punctuation behind it."""
    if url := corrected_url(request):
        return HttpResponsePermanentRedirect(url)
    return render(request, "404.html", status=404)


def server_error(request):
    """The page for 500, or for 503 if the database is unavailable; works without a database.

    Django calls it while the exception is being handled.
    """
    is_busy = isinstance(sys.exception(), (OperationalError, InterfaceError))
    status = 503 if is_busy else 500
    try:
        response = render(request, f"{status}.html", status=status)
    except DatabaseFailure:
        response = render(request, f"{status}.html", {"college": College()}, status=status)
    if is_busy:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def method_not_allowed(request, allowed):
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = allowed
    return response


def payload_too_large(request):
    """The page for a body that is too large, also for staff whose session has ended."""
    is_of_admin = request.path.startswith(reverse("admin:index"))
    context = {"is_logged_out": is_of_admin and not request.user.is_staff}
    return render(request, "413.html", context, status=413)


def login_locked(request, original_response=None, credentials=None):
    """The response to a login during a lock or pause, with status 429.

    On the recovery page of an admin form the original response is returned, so that the entries
    are preserved.
    """
    seconds = lock_seconds(request)
    if is_admin_form_post(request):
        response = original_response
        response.status_code = 429
    else:
        response = render(request, "429.html", {"minutes": math.ceil(seconds / 60)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def csrf_failure(request, reason=""):
    """The response to an invalid CSRF token, for example after a page was open for too long.

    Views with text fields restore the text by `on_csrf_failure` of their ViewOptions, the admin
    site by its method of the same name.
    """
    view = request.resolver_match and request.resolver_match.func
    if answer := options_of(view).on_csrf_failure:
        return answer(request)
    if is_admin_form_post(request):
        return view.model_admin.admin_site.on_csrf_failure(request)
    return render(request, "403_csrf.html", status=403)


def method_not_allowed_page(get_response):
    """Middleware: render a page for 405, for which Django's response is empty."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return method_not_allowed(request, response.headers["Allow"])
        return response

    return middleware
