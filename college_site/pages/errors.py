"""Pages of errors: what failed, in words for a visitor, and what to do next."""

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

RETRY_SECONDS = 30  # after which a database that was busy is worth another try


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
    """The page for our own mistakes, or for a database that is busy or away; it needs none.

    Django calls it while it handles the exception.
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
    """The page for a body beyond its limit, which is a visitor's once a log-in has ended."""
    is_of_admin = request.path.startswith(reverse("admin:index"))
    context = {"is_logged_out": is_of_admin and not request.user.is_staff}
    return render(request, "413.html", context, status=413)


def login_locked(request, original_response=None, credentials=None):
    """The answer to a log-in too soon after too many failures.

    A page that keeps what was written in the admin stays; its form says why.
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
    """Tell how to go on after a page was open too long.

    A view whose visitors may have written something names in its ViewOptions what gives the
    answer with their text in it. The admin answers for the forms of its rows.
    """
    view = request.resolver_match and request.resolver_match.func
    if answer := options_of(view).on_csrf_failure:
        return answer(request)
    if is_admin_form_post(request):
        return view.model_admin.admin_site.on_csrf_failure(request)
    return render(request, "403_csrf.html", status=403)


def method_not_allowed_page(get_response):
    """Middleware: a page for a wrong method, for which Django's answer is empty."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return method_not_allowed(request, response.headers["Allow"])
        return response

    return middleware
