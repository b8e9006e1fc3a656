"""The admin of «Решаем вместе», a module for each kind of row."""

from feedback.admin import consents, mails, publications, rate_limits, suggestions, topics

__all__ = ["consents", "mails", "publications", "rate_limits", "suggestions", "topics"]
