"""Database sessions that reject malformed keys before any query."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Rejects keys with NUL and other characters, which cause an error in PostgreSQL."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    @classmethod
    def get_model_class(cls):
        return db.SessionStore.get_model_class()
