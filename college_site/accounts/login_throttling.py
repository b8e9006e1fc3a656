"""How guessing passwords is slowed down without shutting anybody out.

django-axes counts wrong passwords in the database and locks a user name and a network together, so
that one pupil cannot lock the college out. Two ways around that are slowed down: a few passwords to
each of many accounts, and many networks at one account. Beyond a number of wrong passwords from a
network, or to an account, each further one doubles a pause in which no more are looked at.

A browser that has logged in to an account before is counted by itself: whatever others do in its
network or to its account, only its own wrong passwords lock it. (OWASP, Slow Down Online Guessing
Attacks with Device Cookies.)
"""

import datetime
import hashlib
import ipaddress
import math
import secrets

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from college_site.http.cookies import cookie_attributes
from college_site.http.request_state import request_state
from college_site.sqlite import truncate_wal

NETWORK_LIMIT = 20  # wrong passwords in a quarter of an hour: a whole college may share a network
ACCOUNT_LIMIT = 10
BROWSER_COOKIE = f"{settings.COOKIE_PREFIX}known"
BROWSER_SECONDS = 365 * 24 * 3600
MOST_ACCOUNTS = 8  # of one browser: a computer in the staff room


class LoginHandler(AxesDatabaseHandler):
    """Axes' counts and its lock, which know how long is left, and the pauses."""

    def is_locked(self, request, credentials=None):
        username = get_client_username(request, credentials)
        if is_known(request, username):
            request.axes_ip_address = browser_address(request)
        state = request_state(request)
        state.login_wait = seconds_to_wait(request, username)
        return state.login_wait > 0


def lock_seconds(request):
    """How long the log-in that was just refused stays refused: all of the lock where it begins."""
    return request_state(request).login_wait or int(settings.AXES_COOLOFF_TIME.total_seconds())


def seconds_to_wait(request, username):
    """How many seconds too early this attempt to log in comes, 0 where it does not."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
    of_network = recent.filter(ip_address=request.axes_ip_address)
    of_account = recent.filter(username=username)
    longest = settings.AXES_COOLOFF_TIME.total_seconds()
    pauses = [(of_account & of_network, settings.AXES_FAILURE_LIMIT, longest)]
    if not is_known(request, username):
        pauses += [(of_network, NETWORK_LIMIT, 1), (of_account, ACCOUNT_LIMIT, 1)]
    return max(
        remaining_seconds(attempts, limit, first, longest) for attempts, limit, first in pauses
    )


def remaining_seconds(attempts, limit, first, longest):
    """The seconds left of a pause that begins at `limit` failures and doubles with each further."""
    counted = attempts.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    over = (counted["failures"] or 0) - limit
    if over < 0:
        return 0
    pause = datetime.timedelta(seconds=min(longest, first * 2 ** min(over, 30)))
    return max(0, math.ceil((counted["last"] + pause - timezone.now()).total_seconds()))


def remember_browser(request, response, username):
    """Let this browser know that it has logged in to the account.

    The cookie names nobody and opens nothing: it holds a random token and keyed hashes of it with
    each account, the newest first.
    """
    token, *others = browser_cookie(request)
    token = token or secrets.token_hex(16)
    mark = browser_mark(token, username)
    marks = [mark, *(other for other in others if other != mark)][:MOST_ACCOUNTS]
    response.set_cookie(
        BROWSER_COOKIE,
        ".".join([token, *marks]),
        **cookie_attributes(BROWSER_SECONDS),
    )


def is_known(request, username):
    """Whether somebody has logged in to the account from this browser before."""
    token, *marks = browser_cookie(request)
    wanted = browser_mark(token, username)
    return any(constant_time_compare(mark, wanted) for mark in marks)


def browser_cookie(request):
    """The token of this browser, "" if it has none, and the marks of its accounts."""
    return request.COOKIES.get(BROWSER_COOKIE, "").split(".")[: MOST_ACCOUNTS + 1]


def browser_mark(token, username):
    value = f"{token}.{username}"
    return salted_hmac("college_site.known_browser", value, algorithm="sha256").hexdigest()


def browser_address(request):
    """An address of IPv6's local range (fd00::/8) under which axes counts this browser."""
    digest = hashlib.sha256(browser_cookie(request)[0].encode()).digest()
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))


def delete_expired_attempts():
    """Delete failed logins, with their addresses, that count no more; whether there were any."""
    expired = AccessAttempt.objects.filter(
        attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    deleted, _ = expired.delete()
    if deleted:
        transaction.on_commit(truncate_wal)
    return deleted > 0
