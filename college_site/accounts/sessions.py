"""Database sessions that refuse a malformed key before the database sees it."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie can smuggle NUL into the key, which PostgreSQL answers with an error."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    @classmethod
    def get_model_class(cls):
        return db.SessionStore.get_model_class()
