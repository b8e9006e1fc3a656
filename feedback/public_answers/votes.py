"""Votes («Поддерживаю»): a browser has a random cookie, of which only a hash is stored."""

import datetime
import hashlib
import secrets

from django.conf import settings

from college_site.http.cookies import cookie_attributes

COOKIE = f"{settings.COOKIE_PREFIX}supporter"
COOKIE_AGE = datetime.timedelta(days=365)


def read_voter_token(request):
    """The token of this browser, or "" before its first vote."""
    token = request.COOKIES.get(COOKIE, "")
    return token if len(token) == 32 and token.isascii() and token.isalnum() else ""


def new_voter_token():
    """16 random bytes in hexadecimal."""
    return secrets.token_hex(16)


def browser_hash(token):
    """The hash of a token, to be stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def remember_voter(response, token):
    """Set the cookie with the token, for a year."""
    response.set_cookie(
        COOKIE,
        token,
        **cookie_attributes(COOKIE_AGE, samesite="Lax"),
    )
