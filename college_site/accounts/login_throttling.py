"""Throttling of password guessing without locking out legitimate users.

django-axes counts failed logins in the database and locks the combination of user name and
network, so that one student cannot lock out the whole college. Two attacks remain: few passwords
for each of many accounts, and many networks against one account. Therefore, after a number of
failures from a network or for an account, each further failure doubles a pause during which logins
are rejected without checking the password.

A browser that has logged in to an account before is counted separately: whatever others do in its
network or to its account, only its own failures lock it (OWASP, Slow Down Online Guessing Attacks
with Device Cookies).
"""

import datetime
import hashlib
import ipaddress
import math
import secrets

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_credentials
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from college_site.accounts.second_step import awaits_code
from college_site.http.cookies import cookie_attributes
from college_site.http.request_state import request_state
from college_site.sqlite_copy.log import empty_log

NETWORK_LIMIT = 20  # failures in a quarter of an hour; a whole college may share a network
ACCOUNT_LIMIT = 10
BROWSER_COOKIE = f"{settings.COOKIE_PREFIX}known"
BROWSER_SECONDS = 365 * 24 * 3600
MAX_ACCOUNTS = 8  # remembered by one browser, such as a computer in the staff room


class LoginHandler(AxesDatabaseHandler):
    """The handler of axes, extended by pauses and by the remaining seconds of a lock."""

    def is_locked(self, request, credentials=None):
        username = get_client_username(request, credentials)
        if is_known_browser(request, username):
            request.axes_ip_address = browser_address(request)
        state = request_state(request)
        state.login_wait = seconds_to_wait(request, username)
        return state.login_wait > 0

    def user_logged_in(self, sender, request, user, **kwargs):
        """A password alone forgives no wrong codes, else who knows it may guess without end."""
        if not awaits_code(user):
            super().user_logged_in(sender, request, user, **kwargs)


def lock_seconds(request):
    """The seconds until the rejected login may be retried; the full lock if it has just begun."""
    return request_state(request).login_wait or int(settings.AXES_COOLOFF_TIME.total_seconds())


# The second step is throttled like the first ------------------------------------------------------


def seconds_until_proof(request):
    """The seconds until the user of the request may prove again who it is; 0 if now."""
    credentials = get_credentials(username=request.user.get_username())
    if AxesProxyHandler.is_allowed(request, credentials):
        return 0
    request.axes_locked_out = True
    return lock_seconds(request)


def count_failure(request):
    """A wrong code, or a wrong password of somebody who is logged in."""
    credentials = get_credentials(username=request.user.get_username())
    user_login_failed.send(__name__, credentials=credentials, request=request)


def forgive_failures(request):
    AxesProxyHandler.user_logged_in(__name__, request=request, user=request.user)


# Counting -----------------------------------------------------------------------------------------


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

    It contains a random token and keyed hashes of it with each user name, the newest first, and
    grants no access.
    """
    token, *others = read_browser_cookie(request)
    token = token or secrets.token_hex(16)
    mark = browser_mark(token, username)
    marks = [mark, *(other for other in others if other != mark)][:MAX_ACCOUNTS]
    response.set_cookie(
        BROWSER_COOKIE,
        ".".join([token, *marks]),
        **cookie_attributes(BROWSER_SECONDS),
    )


def is_known_browser(request, username):
    """Whether this browser has logged in to the account before."""
    token, *marks = read_browser_cookie(request)
    wanted = browser_mark(token, username)
    return any(constant_time_compare(mark, wanted) for mark in marks)


def read_browser_cookie(request):
    """The token of this browser, "" if it has none, and the marks of its accounts."""
    return request.COOKIES.get(BROWSER_COOKIE, "").split(".")[: MAX_ACCOUNTS + 1]


def browser_mark(token, username):
    value = f"{token}.{username}"
    return salted_hmac("college_site.known_browser", value, algorithm="sha256").hexdigest()


def browser_address(request):
    """An address of IPv6's local range (fd00::/8) under which axes counts this browser."""
    digest = hashlib.sha256(read_browser_cookie(request)[0].encode()).digest()
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))


def delete_expired_attempts():
    """Delete failed logins, with their addresses, that count no more; whether there were any."""
    expired = AccessAttempt.objects.filter(
        attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    deleted, _ = expired.delete()
    if deleted:
        transaction.on_commit(empty_log)
    return deleted > 0
