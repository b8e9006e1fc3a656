"""Who staged a file: a browser has a random cookie, which is forgotten when it closes."""

import re
import secrets
from functools import wraps

from django.conf import settings

from college_site.http.cookies import cookie_attributes

UPLOADER_COOKIE = f"{settings.COOKIE_PREFIX}uploader"


def read_uploader(request):
    """The token of this browser, or "" if it has none yet."""
    token = request.COOKIES.get(UPLOADER_COOKIE, "")
    return token if re.fullmatch("[0-9a-f]{32}", token) else ""


def new_uploader():
    """16 random bytes in hexadecimal."""
    return secrets.token_hex(16)


def with_uploader(view):
    """Decorate a view whose form takes files: its argument `uploader` is the browser's token.

    The cookie comes with the empty form, so that two tabs share it.
    """

    @wraps(view)
    def inner(request, *args, **kwargs):
        known = read_uploader(request)
        uploader = known or new_uploader()
        response = view(request, *args, uploader=uploader, **kwargs)
        if not known:
            response.set_cookie(UPLOADER_COOKIE, uploader, **cookie_attributes())
        return response

    return inner


def delete_uploader_cookie(response):
    response.delete_cookie(UPLOADER_COOKIE, samesite="Strict")
