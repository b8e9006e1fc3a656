"""Database sessions that reject malformed keys before any query."""

from django.contrib.sessions.backends import db
from django.utils import timezone

PRUNED_AT_ONCE = 1000


class SessionStore(db.SessionStore):
    """Rejects keys with NUL and other characters, which cause an error in PostgreSQL."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    @classmethod
    def get_model_class(cls):
        return db.SessionStore.get_model_class()


def prune_sessions():
    """Delete up to 1000 expired sessions; returns whether there were any."""
    sessions = SessionStore.get_model_class().objects
    expired = sessions.filter(expire_date__lt=timezone.now()).values_list("pk", flat=True)
    keys = list(expired[:PRUNED_AT_ONCE])
    if keys:
        sessions.filter(pk__in=keys).delete()
    return bool(keys)
