"""The author's session: a signed cookie that gives access to one suggestion for half an hour."""

from django.conf import settings
from django.core import signing

from college_site.http.cookies import cookie_attributes
from feedback.models import Suggestion

AUTHOR_COOKIE = f"{settings.COOKIE_PREFIX}author"
AUTHOR_SECONDS = 30 * 60


def start_author_session(response, suggestion):
    """Start the half hour, or restart it: each page of the author's calls this.

    The cookie holds only the primary key; `__Host-` in its name requires the path "/".
    """
    response.set_signed_cookie(
        AUTHOR_COOKIE,
        suggestion.pk,
        **cookie_attributes(AUTHOR_SECONDS),
    )


def author_suggestion(request):
    """The suggestion of this browser's session, with its topic, or None."""
    try:
        key = int(request.get_signed_cookie(AUTHOR_COOKIE, max_age=AUTHOR_SECONDS))
    except (KeyError, ValueError, signing.BadSignature):
        return None
    return Suggestion.objects.select_related("topic").filter(pk=key).first()


def end_author_session(response):
    """Delete the cookie of the session."""
    response.delete_cookie(AUTHOR_COOKIE, samesite="Strict")
