"""The admin of «Решаем вместе», a module for each kind of row."""

from feedback.admin import consents, publications, suggestions, topics

__all__ = ["consents", "publications", "suggestions", "topics"]
