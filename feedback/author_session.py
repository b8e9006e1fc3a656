"""Who came in with number and code: a signed cookie that names one suggestion for half an hour."""

from django.conf import settings
from django.core import signing

from feedback.models import Suggestion

AUTHOR_COOKIE = f"{settings.COOKIE_PREFIX}author"
AUTHOR_SECONDS = 30 * 60


def remember(response, suggestion):
    """Let this browser in for half an hour from now; each page that it opens begins it anew.

    The cookie holds the key of the row alone, and `__Host-` in its name wants the path "/".
    """
    response.set_signed_cookie(
        AUTHOR_COOKIE,
        suggestion.pk,
        max_age=AUTHOR_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def author_suggestion(request):
    """The suggestion, with its topic, whose author this browser is, or None."""
    try:
        key = int(request.get_signed_cookie(AUTHOR_COOKIE, max_age=AUTHOR_SECONDS))
    except (KeyError, ValueError, signing.BadSignature):
        return None
    return Suggestion.objects.select_related("topic").filter(pk=key).first()


def forget(response):
    """Close the door behind the author."""
    response.delete_cookie(AUTHOR_COOKIE, samesite="Strict")
