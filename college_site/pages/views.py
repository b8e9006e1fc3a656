"""Project views: accessible version, robots.txt, security.txt, icon, manifest, health check."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from college_site.http.conditional_get import conditional_page
from college_site.http.responses import see_other
from college_site.http.same_origin import require_same_origin
from college_site.models import College
from college_site.pages.absolute_urls import absolute_reverse
from college_site.pages.accessible_version import (
    AccessibleVersion,
    AccessibleVersionForm,
    accessible_version_context,
    own_path,
)
from college_site.registry import registry

logger = logging.getLogger(__name__)

SECURITY_TXT_LIFETIME = timedelta(days=180)  # RFC 9116 recommends less than a year

FIRST_CHOICE = "size-2"  # preselected while the accessible version is off


@csrf_exempt  # the switch is on every page, and a token would set a cookie for every visitor
@require_http_methods(["GET", "HEAD", "POST"])
@conditional_page
def accessible_version(request):
    """The panel of «Версия для слабовидящих»; POST redirects to the path in ?next=…."""
    return_path = own_path(request.GET.get("next", ""))
    version = accessible_version_context(request)["accessible_version"]
    if request.method == "POST":
        require_same_origin(request)
        if "ordinary" in request.POST:
            return redirect_with_version(AccessibleVersion.from_cookie(""), return_path)
        form = AccessibleVersionForm(request.POST, return_path=return_path)
        if form.is_valid():
            return redirect_with_version(AccessibleVersion(form.cleaned_data), return_path)
    else:
        first = AccessibleVersion.from_cookie(FIRST_CHOICE)
        initial = (version if version.is_on else first).answers
        form = AccessibleVersionForm(initial=initial, return_path=return_path)
    context = {"form": form, "return_path": return_path}
    return render(request, "accessible_version.html", context)


def redirect_with_version(version, return_path):
    """Store the version in the cookie and redirect to `return_path`."""
    response = see_other(return_path)
    version.set_cookie(response)
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """robots.txt: everything may be crawled except the admin and private pages."""
    rules = [("Disallow", "admin:index"), ("Disallow", "accessible_version")]
    lines = [
        "User-agent: *",
        *(f"{rule}: {reverse(name)}" for rule, name in [*rules, *registry.robots_rules]),
        "",
        f"Sitemap: {absolute_reverse(settings.SITEMAP_INDEX)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def security_txt(request):
    """How to report a vulnerability (RFC 9116); 404 if the settings name no contact."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(midnight + SECURITY_TXT_LIFETIME).isoformat()}",
        "Preferred-Languages: ru, en",
        f"Canonical: {absolute_reverse('security_txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request):
    """Redirect /favicon.ico, which browsers request without reading a page."""
    return redirect(static("img/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=3600)
def web_manifest(request):
    """The web app manifest: name, colours and icons for a home screen."""
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
    """Health check: 200 if the database responds, otherwise 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseFailure:
        logger.exception("The database does not answer: check DATABASE_URL and the server")
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
