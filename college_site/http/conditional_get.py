"""Validators of public pages: an unchanged one is answered 304 before anything is rendered.

What public pages show changes in three ways: someone saves a row (`invalidate` renews the token
of the one ContentVersion row), time passes (a scheduled post comes out, a day ends), a new release
is deployed.
The ETag is made of all three, of the address and of the cookies that may change how a page looks.
It is read together with the college's row, which every page needs anyway, so it costs no query.
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
from college_site.russian.academic_year import midnight

RELEASED = ("templates/**/*.html", "college_site/**/*.py", "news/**/*.py", "feedback/**/*.py")
SETTLING = timedelta(seconds=2)  # Last-Modified knows whole seconds


def invalidate(**kwargs):
    """Make every public page new; call it after a queryset's update() or bulk_create()."""
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
    """Let every saved or deleted row of these models make the public pages new."""
    for model in models:
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(invalidate, sender=model, dispatch_uid=f"invalidate {model._meta.label}")


invalidate_on_save(College, CollegeLink)


def conditional_page(view=None, *, newest=()):
    """Decorate a public view whose answer is the same for everybody: 304 while nothing changed.

    Each of `newest` gives a queryset of one datetime: the last moment at which time alone changed
    what the view shows. Browsers keep the answer and ask each time whether it still holds.
    """
    if view is None:
        return partial(conditional_page, newest=newest)

    def etag(request, *args, **kwargs):
        return read_validators(request, newest)[0]

    def last_modified(request, *args, **kwargs):
        return settled_moment(request, read_validators(request, newest)[1])

    answer = cache_control(no_cache=True)(condition(etag, last_modified)(view))

    @wraps(view)
    def inner(request, *args, **kwargs):
        response = answer(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            response = csp_exempt()(lambda: response)()  # the stored page has its own policy
        return response

    return inner


def read_validators(request, newest):
    """ETag and datetime of the last change; (None, None) until staff fill in the college's row."""
    state = request_state(request)
    if state.validators is None:
        state.college = read_college(newest)
        state.validators = validators(request) if state.college.pk else (None, None)
    return state.validators


def settled_moment(request, moment):
    """The `moment` for Last-Modified; None while a second change could still bear the same second.

    A visitor who asks with another date than this one is not believed: the date was not given by
    this address, which may not even exist.
    """
    if moment is None or timezone.now() - moment < SETTLING:
        return None
    if request.headers.get("If-Modified-Since") != http_date(moment.timestamp()):
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
    return moment


def changed_at(request):
    """When what the page shows last changed, by a saved row or by time; None if unknown."""
    college = request_state(request).college
    moments = [getattr(college, "changed_at", None), *getattr(college, "newest", ())]
    return max(filter(None, moments), default=None)


def read_college(newest):
    """The college's row with the version's `token`, its `changed_at`, the moments of `newest`."""
    version = ContentVersion.objects.filter(pk=ContentVersion.ONLY)
    annotations = {name: Subquery(version.values(name)) for name in ("token", "changed_at")}
    annotations |= {f"newest_{number}": Subquery(each()) for number, each in enumerate(newest)}
    college = College.objects.current(**annotations)
    college.newest = [getattr(college, f"newest_{number}", None) for number in range(len(newest))]
    return college


def validators(request):
    """ETag and datetime; the ETag is weak, since it is that of the compressed answers, too."""
    college, (version, released_at) = request_state(request).college, release()
    today = midnight(timezone.localdate())
    moments = [changed_at(request), today, released_at]
    parts = [version, college.token, college.newest, today, display_cookies(request)]
    parts.append(request.get_full_path())  # what holds for one address says nothing of another
    digest = hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogateescape"))
    return f'W/"{digest.hexdigest()[:32]}"', max(filter(None, moments))


def display_cookies(request):
    """The cookies that may hold how a visitor wants pages to look: all but the framework's own."""
    internal = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return sorted(cookie for cookie in request.COOKIES.items() if cookie[0] not in internal)


@lru_cache(maxsize=1)
def release():
    """A hash of what makes the pages (templates, code, static files), and when it last changed."""
    paths = sorted(path for pattern in RELEASED for path in settings.BASE_DIR.glob(pattern))
    digest = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for path in paths:
        digest.update(path.read_bytes())
    latest = max(path.stat().st_mtime for path in paths)
    return digest.hexdigest(), datetime.fromtimestamp(int(latest), UTC)
