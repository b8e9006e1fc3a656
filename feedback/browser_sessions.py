"""Sessions that open one page to one browser, without a login, and that the server can end.

A signed cookie holds the key of a session and a value. The row of the session says only that it was
not ended: a reader of the database can open nothing, and a copy of the cookie opens
nothing after its owner left. Visits write no rows, so the page opens while the database is locked.
"""

from dataclasses import dataclass

from django.core import signing

from college_site.accounts.sessions import SessionStore
from college_site.http.cookies import cookie_attributes

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600  # however often it is extended


@dataclass(frozen=True)
class BrowserSession:
    """The sessions under one name of a cookie, a browser has one at a time."""

    cookie: str

    def start(self, request, response, value):
        """Let this browser in for half an hour; its earlier session ends."""
        self._delete_row(request)
        session = SessionStore()
        session["cookie"] = self.cookie
        session.set_expiry(LONGEST_SECONDS)
        session.save()
        self._set_cookie(response, f"{session.session_key}.{value}")

    def extend(self, request, response):
        """Restart the half hour of an open session."""
        if self.read(request) is not None:
            self._set_cookie(response, self._signed(request, IDLE_SECONDS))

    def read(self, request):
        """The value of this browser's session while it is open, otherwise None."""
        key, _, value = self._signed(request, IDLE_SECONDS).partition(".")
        return value if self._is_open(key) else None

    def end(self, request, response):
        """End the session, also for copies of the cookie."""
        self._delete_row(request)
        response.delete_cookie(self.cookie, samesite="Strict")

    def _delete_row(self, request):
        key = self._signed(request, None).partition(".")[0]
        if self._is_open(key):
            SessionStore(key).delete()

    def _is_open(self, key):
        return SessionStore(key).get("cookie") == self.cookie

    def _signed(self, request, max_age):
        """The content of the cookie, "" if it is missing, forged or older than `max_age`."""
        try:
            return request.get_signed_cookie(self.cookie, default="", max_age=max_age)
        except signing.BadSignature:
            return ""

    def _set_cookie(self, response, content):
        response.set_signed_cookie(self.cookie, content, **cookie_attributes())
