"""The attributes of the site's own cookies."""

from django.conf import settings


def cookie_attributes(max_age=None, samesite="Strict"):
    """Keyword arguments of set_cookie(): hidden from scripts, only over HTTPS if the site uses it.

    `max_age` is in seconds; without it the browser forgets the cookie when it closes.
    """
    return {
        "max_age": max_age,
        "secure": settings.HTTPS,
        "httponly": True,
        "samesite": samesite,
    }
