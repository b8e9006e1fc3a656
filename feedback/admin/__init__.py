"""The admin of «Решаем вместе», a module per model."""

from feedback.admin import (
    consents,
    mails,
    publications,
    rate_limits,
    staff_mails,
    suggestions,
    topics,
)

__all__ = [
    "consents",
    "mails",
    "publications",
    "rate_limits",
    "staff_mails",
    "suggestions",
    "topics",
]
