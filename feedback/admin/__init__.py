"""The admin of «Решаем вместе», a module for each kind of row."""

from feedback.admin import consents, mails, publications, suggestions, tallies, topics

__all__ = ["consents", "mails", "publications", "suggestions", "tallies", "topics"]
