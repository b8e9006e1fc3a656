"""When an answer is due."""

from datetime import timedelta

ANSWER_DAYS = 30


def answer_due(received_on):
    """The date by which a suggestion received on date `received_on` is answered.

    30 days, the term that 59-ФЗ (статья 12) sets for formal appeals and that the college takes as
    its own rule; when it falls on a weekend, the last working day before: a promise is kept early.
    """
    due = received_on + timedelta(days=ANSWER_DAYS)
    days_after_friday = max(0, due.weekday() - 4)
    return due - timedelta(days=days_after_friday)
