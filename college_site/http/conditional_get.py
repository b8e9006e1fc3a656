"""Conditional GET for public pages: unchanged ones are answered with 304 without rendering.

Public pages change in three ways: a row is saved (`invalidate` renews the token in ContentVersion),
time passes (a scheduled post is released, a day ends), a new release is deployed.
The ETag depends on all three, on the URL, on the accessible version and on the cookies that a page
names. The token is read together with the college's row, which every page needs, so it costs no
extra query. page_store.py keeps finished responses under the token.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial, wraps
from http import HTTPStatus

from csp.decorators import csp_exempt
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Subquery
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from college_site.http.request_state import request_state
from college_site.models import College, CollegeLink, ContentVersion
from college_site.pages.accessible_version import COOKIE, AccessibleVersion
from college_site.russian.academic_year import midnight

RELEASE_FILES = ("templates/**/*.html", "college_site/**/*.py", "news/**/*.py", "feedback/**/*.py")
MIN_AGE = timedelta(seconds=2)  # Last-Modified has a resolution of one second


def invalidate(**kwargs):
    """Invalidate all cached public pages; call it after a queryset's update() or bulk_create()."""
    row = ContentVersion(
        pk=ContentVersion.ONLY, token=secrets.token_hex(8), changed_at=timezone.now()
    )
    ContentVersion.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["token", "changed_at"],
    )


def invalidate_on_save(*models):
    """Connect signals: saving or deleting rows of these models invalidates the public pages."""
    for model in models:
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(invalidate, sender=model, dispatch_uid=f"invalidate {model._meta.label}")


invalidate_on_save(College, CollegeLink)


def conditional_page(view=None, *, newest=(), cookies=()):
    """Decorate a view with a response that is the same for all users: 304 while it is unchanged.

    `newest` are functions that return a queryset of one datetime: the last time at which the page
    changed without a saved row. `cookies` are names: their values change the page. Browsers store
    the response and revalidate it on every request.
    """
    if view is None:
        return partial(conditional_page, newest=newest, cookies=cookies)

    def etag(request, *args, **kwargs):
        return read_validators(request, newest, cookies)[0]

    def last_modified(request, *args, **kwargs):
        return usable_last_modified(request, read_validators(request, newest, cookies)[1])

    conditional_view = cache_control(no_cache=True)(condition(etag, last_modified)(view))

    @wraps(view)
    def inner(request, *args, **kwargs):
        response = conditional_view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            response = csp_exempt()(lambda: response)()  # the cached page has its own policy
        response.personal_cookies = frozenset(cookies)
        return response

    return inner


def read_validators(request, newest, cookies):
    """(ETag, datetime of the last change); (None, None) while there is no college row."""
    state = request_state(request)
    if state.validators is None:
        state.college = read_college(newest)
        state.validators = validators(request, cookies) if state.college.pk else (None, None)
    return state.validators


def usable_last_modified(request, moment):
    """The `moment` for Last-Modified; None while another change could fall in the same second.

    An If-Modified-Since with any other date is removed: this URL has not sent it.
    """
    if moment is None or timezone.now() - moment < MIN_AGE:
        return None
    if request.headers.get("If-Modified-Since") != http_date(moment.timestamp()):
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
    return moment


def changed_at(request):
    """When the page last changed, by a saved row or by time; None if unknown."""
    college = request_state(request).college
    moments = [getattr(college, "changed_at", None), *getattr(college, "newest", ())]
    return max(filter(None, moments), default=None)


def read_college(newest):
    """The college's row with `token` and `changed_at` of the version and the datetimes `newest`."""
    version = ContentVersion.objects.filter(pk=ContentVersion.ONLY)
    annotations = {name: Subquery(version.values(name)) for name in ("token", "changed_at")}
    annotations |= {f"newest_{number}": Subquery(each()) for number, each in enumerate(newest)}
    college = College.objects.current(**annotations)
    college.newest = [getattr(college, f"newest_{number}", None) for number in range(len(newest))]
    return college


def validators(request, cookies):
    """(ETag, datetime); the ETag is weak, because compressed responses have the same one."""
    college, (version, released_at) = request_state(request).college, release()
    today = midnight(timezone.localdate())
    moments = [changed_at(request), today, released_at]
    parts = [version, college.token, college.newest, today, request.get_full_path()]
    parts.append(AccessibleVersion.from_cookie(request.COOKIES.get(COOKIE, "")).words)
    parts += [request.COOKIES.get(name) for name in cookies]
    digest = hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogateescape"))
    return f'W/"{digest.hexdigest()[:32]}"', max(filter(None, moments))


@lru_cache(maxsize=1)
def release():
    """(hash, datetime of the last change) of templates, code and static files."""
    paths = sorted(path for pattern in RELEASE_FILES for path in settings.BASE_DIR.glob(pattern))
    digest = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for path in paths:
        digest.update(path.read_bytes())
    latest = max(path.stat().st_mtime for path in paths)
    return digest.hexdigest(), datetime.fromtimestamp(int(latest), UTC)
