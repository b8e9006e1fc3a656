"""How guessing passwords is slowed down without shutting anybody out.

django-axes counts wrong passwords in the database and locks a user name and a network together, so
that one pupil cannot lock the college out. Two ways around that are slowed down: a few passwords to
each of many accounts, and many networks at one account. Beyond a number of wrong passwords from a
network, or to an account, each further one doubles a pause in which no more are looked at. A
browser that has logged in to an account before does not wait: the pauses of others can keep
nobody from the own account. (OWASP, Slow Down Online Guessing Attacks with Device Cookies.)
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

NETWORK_LIMIT = 20  # wrong passwords in a quarter of an hour: a whole college may share a network
ACCOUNT_LIMIT = 10
BROWSER_COOKIE = f"{settings.COOKIE_PREFIX}known"
BROWSER_SECONDS = 365 * 24 * 3600
MOST_ACCOUNTS = 8  # of one browser: a computer in the staff room


class LoginHandler(AxesDatabaseHandler):
    """Axes' counts and its lock, which know how long is left, and the pauses."""

    def is_locked(self, request, credentials=None):
        username = get_client_username(request, credentials)
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

    The cookie names nobody and opens nothing: it holds keyed hashes, the newest account first.
    """
    others = [mark for mark in marks(request) if mark != browser_mark(username)]
    response.set_cookie(
        BROWSER_COOKIE,
        ".".join([browser_mark(username), *others][:MOST_ACCOUNTS]),
        **cookie_attributes(BROWSER_SECONDS),
    )


def is_known(request, username):
    """Whether somebody has logged in to the account from this browser before."""
    return any(constant_time_compare(mark, browser_mark(username)) for mark in marks(request))


def marks(request):
    return request.COOKIES.get(BROWSER_COOKIE, "").split(".")[:MOST_ACCOUNTS]


def browser_mark(username):
    return salted_hmac("college_site.known_browser", username, algorithm="sha256").hexdigest()
