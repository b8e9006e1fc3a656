"""The admin of «Решаем вместе», a module per model."""

from feedback.admin import consents, publications, rate_limits, topics
from feedback.admin.desk import prepared_answers, suggestions
from feedback.admin.letters import mails, staff_mails

__all__ = [
    "consents",
    "mails",
    "prepared_answers",
    "publications",
    "rate_limits",
    "staff_mails",
    "suggestions",
    "topics",
]
