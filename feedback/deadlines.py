"""Deadlines of answers, in days of the college's time zone.

The limit is a calendar day; the target, by which the desk answers, is the last working day of the
Russian production calendar within it.
"""

from datetime import timedelta
from functools import cache

import holidays

ANSWER_DAYS = 30  # 59-ФЗ, статья 12: the term of formal appeals, which the college applies as well
EXTENSION_DAYS = 30  # 59-ФЗ, статья 12: at most, and once
FORWARD_DAYS = 7  # 59-ФЗ, статья 8
LAST_DECREE = 2027  # the last year whose days off the government has transferred
MONDAY = 0


@cache
def production_calendar(year):
    """The calendar of one year, never extended: threads share it."""
    return holidays.country_holidays("RU", years=year, expand=False)


def is_working_day(day):
    calendar = production_calendar(day.year)
    return calendar.is_working_day(day) and not (day.year > LAST_DECREE and is_moved_day_off(day))


def is_moved_day_off(day):
    """Whether a holiday of the weekend before makes this Monday a day off.

    Labour Code, article 112, part 2, without January, for years whose decree is not known yet.
    """
    weekend = (day - timedelta(days=1), day - timedelta(days=2))
    calendar = production_calendar(day.year)
    return day.weekday() == MONDAY and day.month > 1 and any(each in calendar for each in weekend)


def last_working_day(limit):
    """The last working day not later than the limit."""
    day = limit
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def answer_limit(received_on, days=ANSWER_DAYS):
    """The last day of the term of an answer; the day of receipt does not count."""
    return received_on + timedelta(days=days)


def answer_target(limit, since):
    """The day by which the desk answers, set on the day `since`.

    A short term may hold no working day, such as one within the New Year's holidays: then it is the
    limit itself, since a target in the past can only be missed.
    """
    target = last_working_day(limit)
    return limit if target < since <= limit else target


def answer_due(received_on, days=ANSWER_DAYS):
    """The target of a suggestion received on this day."""
    return answer_target(answer_limit(received_on, days), received_on)


def forward_due(received_on):
    """The day by which a suggestion is passed on to those who decide it."""
    return answer_due(received_on, FORWARD_DAYS)
