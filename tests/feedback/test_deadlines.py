"""Deadlines of answers."""

import datetime

import pytest

from feedback.deadlines import answer_due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-02", "2026-04-01"),  # Monday, due on a Wednesday
        ("2026-03-05", "2026-04-03"),  # would be due on a Saturday
        ("2026-03-06", "2026-04-03"),  # would be due on a Sunday
        ("2026-03-07", "2026-04-06"),  # due on a Monday
        ("2026-12-15", "2027-01-14"),  # in the next year
        ("2028-01-30", "2028-02-29"),  # a leap day
    ],
)
def test_an_answer_is_due_on_a_working_day_within_thirty_days(received, due):
    due_on = answer_due(datetime.date.fromisoformat(received))
    assert due_on == datetime.date.fromisoformat(due)


def test_every_deadline_is_a_weekday_after_28_to_30_days():
    for day in range(366):
        received = datetime.date(2028, 1, 1) + datetime.timedelta(day)
        due_on = answer_due(received)
        assert due_on.weekday() < 5
        assert 28 <= (due_on - received).days <= 30
