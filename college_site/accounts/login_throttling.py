"""Throttling of password guessing without locking out legitimate users.

django-axes counts failed logins in the database and locks the combination of user name and
network, so that one student cannot lock out the whole college. Two attacks remain: few passwords
for each of many accounts, and many networks against one account. Therefore, after a number of
failures from a network or for an account, each further failure doubles a pause during which logins
are rejected without checking the password. Browsers that have logged in to the account before are
exempt, so an attacker cannot lock out its owner (OWASP, Slow Down Online Guessing Attacks with
Device Cookies).
"""

import datetime
import math

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from college_site.http.cookies import cookie_attributes
from college_site.http.request_state import request_state

NETWORK_LIMIT = 20  # failures in a quarter of an hour; a whole college may share a network
ACCOUNT_LIMIT = 10
BROWSER_COOKIE = f"{settings.COOKIE_PREFIX}known"
BROWSER_SECONDS = 365 * 24 * 3600
MAX_ACCOUNTS = 8  # remembered by one browser, such as a computer in the staff room


class LoginHandler(AxesDatabaseHandler):
    """The handler of axes, extended by pauses and by the remaining seconds of a lock."""

    def is_locked(self, request, credentials=None):
        username = get_client_username(request, credentials)
        state = request_state(request)
        state.login_wait = seconds_to_wait(request, username)
        return state.login_wait > 0


def lock_seconds(request):
    """The seconds until the rejected login may be retried; the full lock if it has just begun."""
    return request_state(request).login_wait or int(settings.AXES_COOLOFF_TIME.total_seconds())


def seconds_to_wait(request, username):
    """The seconds until this login is allowed; 0 if it is allowed now."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
    network_attempts = recent.filter(ip_address=request.axes_ip_address)
    account_attempts = recent.filter(username=username)
    longest = settings.AXES_COOLOFF_TIME.total_seconds()
    pauses = [(account_attempts & network_attempts, settings.AXES_FAILURE_LIMIT, longest)]
    if not is_known_browser(request, username):
        pauses += [(network_attempts, NETWORK_LIMIT, 1), (account_attempts, ACCOUNT_LIMIT, 1)]
    return max(
        remaining_seconds(attempts, limit, first, longest) for attempts, limit, first in pauses
    )


def remaining_seconds(attempts, limit, first, longest):
    """The seconds left of a pause that starts at `limit` failures and doubles with each more.

    `first` and `longest` are its initial and its maximum length in seconds.
    """
    totals = attempts.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    excess = (totals["failures"] or 0) - limit
    if excess < 0:
        return 0
    pause = datetime.timedelta(seconds=min(longest, first * 2 ** min(excess, 30)))
    return max(0, math.ceil((totals["last"] + pause - timezone.now()).total_seconds()))


def remember_browser(request, response, username):
    """Set a cookie that records the login to this account.

    It contains keyed hashes of user names, the newest first, and grants no access.
    """
    others = [mark for mark in read_marks(request) if mark != browser_mark(username)]
    response.set_cookie(
        BROWSER_COOKIE,
        ".".join([browser_mark(username), *others][:MAX_ACCOUNTS]),
        **cookie_attributes(BROWSER_SECONDS),
    )


def is_known_browser(request, username):
    """Whether this browser has logged in to the account before."""
    return any(constant_time_compare(mark, browser_mark(username)) for mark in read_marks(request))


def read_marks(request):
    return request.COOKIES.get(BROWSER_COOKIE, "").split(".")[:MAX_ACCOUNTS]


def browser_mark(username):
    return salted_hmac("college_site.known_browser", username, algorithm="sha256").hexdigest()
