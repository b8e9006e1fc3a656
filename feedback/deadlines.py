"""Deadlines of answers."""

from datetime import timedelta

ANSWER_DAYS = 30


def answer_due(received_on):
    """The date by which a suggestion received on the date `received_on` has to be answered.

    30 days, the term of 59-ФЗ (статья 12) for formal appeals, which the college applies to
    suggestions as well; a deadline on a weekend moves to the Friday before.
    """
    due = received_on + timedelta(days=ANSWER_DAYS)
    days_after_friday = max(0, due.weekday() - 4)
    return due - timedelta(days=days_after_friday)
