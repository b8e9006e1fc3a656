"""Pages of the site itself: errors, and what browsers, robots and monitors ask for."""

import logging
import math
import sys

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from college_site.accounts.login_recovery import is_admin_form_post
from college_site.accounts.login_throttling import lock_seconds
from college_site.models import College
from college_site.pages.absolute_urls import absolute_reverse
from college_site.pages.accessible_version import (
    AccessibleVersion,
    AccessibleVersionForm,
    accessible_version_context,
    own_path,
)
from college_site.pages.conditional_get import conditional_page
from college_site.pages.responses import see_other
from college_site.pages.same_origin import require_same_origin
from college_site.registry import registry

logger = logging.getLogger(__name__)

RETRY_SECONDS = 30  # after which a database that was busy is worth another try
FIRST_CHOICE = "size-2"  # what the panel proposes to whoever has chosen nothing yet


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
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

    A view whose visitors may have written something bears `on_csrf_failure`, which gives the
    answer with their text in it. The admin answers for the forms of its rows.
    """
    view = request.resolver_match and request.resolver_match.func
    if hasattr(view, "on_csrf_failure"):
        return view.on_csrf_failure(request)
    if is_admin_form_post(request):
        return view.model_admin.admin_site.on_csrf_failure(request)
    return render(request, "403_csrf.html", status=403)


@csrf_exempt  # the switch stands on every page, and a token would give every visitor a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@conditional_page
def accessible_version(request):
    """The panel of «Версия для слабовидящих»; its answers lead back to where the visitor was."""
    return_path = own_path(request.GET.get("next", ""))
    version = accessible_version_context(request)["accessible_version"]
    if request.method == "POST":
        require_same_origin(request)
        if "ordinary" in request.POST:
            return back_with(AccessibleVersion.from_cookie(""), return_path)
        form = AccessibleVersionForm(request.POST, return_path=return_path)
        if form.is_valid():
            return back_with(AccessibleVersion(form.cleaned_data), return_path)
    else:
        first = AccessibleVersion.from_cookie(FIRST_CHOICE)
        answers = (version if version.is_on else first).answers
        form = AccessibleVersionForm(initial=answers, return_path=return_path)
    context = {"form": form, "return_path": return_path}
    return render(request, "accessible_version.html", context)


def back_with(version, return_path):
    """A redirect to `return_path` that makes the browser remember the version."""
    response = see_other(return_path)
    version.keep(response)
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """Everything may be indexed but the admin and what belongs to one visitor."""
    rules = [("Disallow", "admin:index"), ("Disallow", "accessible_version")]
    lines = [
        "User-agent: *",
        *(f"{rule}: {reverse(name)}" for rule, name in [*rules, *registry.robots_rules]),
        "",
        f"Sitemap: {absolute_reverse(settings.SITEMAP_INDEX)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request):
    """Where browsers look for the icon when they do not read the page."""
    return redirect(static("img/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=3600)
def web_manifest(request):
    """Name, colours and icons for a telephone's home screen."""
    college = College.objects.current()
    icons = [
        {"src": static(f"img/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    manifest = {
        "name": str(college),
        "short_name": str(college)[:30],
        "lang": "ru",
        "start_url": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": icons,
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


@require_safe
@never_cache
def healthz(request):
    """200 while the database answers, otherwise 503; for a load balancer or a monitor."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseFailure:
        logger.exception("The database does not answer: check DATABASE_URL and the server")
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
