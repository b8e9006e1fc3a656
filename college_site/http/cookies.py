"""Common attributes of the site's own cookies."""

from django.conf import settings


def cookie_attributes(max_age=None, samesite="Strict"):
    """Keyword arguments for set_cookie(); `max_age` is in seconds.

    Without `max_age` the cookie ends with the browser session.
    """
    return {
        "max_age": max_age,
        "secure": settings.HTTPS,
        "httponly": True,
        "samesite": samesite,
    }
