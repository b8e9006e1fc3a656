"""Votes («Поддерживаю»): a browser has a random, dated cookie, of which only a hash is stored."""

import datetime
import hashlib
import secrets
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.utils import timezone

from college_site.http.cookies import cookie_attributes

COOKIE = f"{settings.COOKIE_PREFIX}supporter"
COOKIE_AGE = datetime.timedelta(days=365)
SALT = "feedback.voter"


class Voter(NamedTuple):
    """A browser: its random token and when it got it, in seconds since 1970."""

    token: str
    since: int

    @property
    def age(self):
        return datetime.timedelta(seconds=timezone.now().timestamp() - self.since)

    def hash_for(self, publication):
        """What is stored of a vote; votes for different answers cannot be linked by it."""
        return hashlib.sha256(f"{publication.pk}:{self.token}".encode()).hexdigest()


def new_voter():
    return Voter(secrets.token_hex(16), int(timezone.now().timestamp()))


def read_voter(request):
    """The Voter of this browser, or None before its first vote."""
    try:
        return Voter(*signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT))
    except signing.BadSignature:
        return None


def remember_voter(response, voter):
    """Set the cookie of a voter, for a year."""
    response.set_cookie(
        COOKIE,
        signing.dumps(voter, salt=SALT),
        **cookie_attributes(COOKIE_AGE, samesite="Lax"),
    )
