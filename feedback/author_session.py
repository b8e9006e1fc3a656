"""The author's session: it gives access to one suggestion until half an hour after a visit."""

from django.conf import settings

from feedback.browser_sessions import BrowserSession
from feedback.models import Suggestion

AUTHOR_COOKIE = f"{settings.COOKIE_PREFIX}author"
author_session = BrowserSession(AUTHOR_COOKIE)


def author_suggestion(request):
    """The suggestion of this browser's session, with its topic, or None."""
    key = author_session.read(request)
    if key is None:
        return None
    return Suggestion.objects.select_related("topic").filter(pk=key).first()
