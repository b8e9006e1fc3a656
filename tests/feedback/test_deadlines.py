"""Deadlines of answers: the production calendar, terms, pauses, extensions."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from feedback.deadlines import (
    answer_due,
    answer_limit,
    answer_target,
    forward_due,
    is_working_day,
    last_working_day,
)
from feedback.models import Event, Suggestion
from tests import factories

DAY = datetime.timedelta(days=1)
HOLIDAYS = [*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)]
# Labour Code, article 112: holidays; what the government's decrees move in each year: from, to.
DECREES = {
    2021: ("10.10.2020 № 1648", ["02-20 02-22", "01-02 11-05", "01-03 12-31"]),
    2022: ("16.09.2021 № 1564", ["03-05 03-07", "01-01 05-03", "01-02 05-10"]),
    2023: ("29.08.2022 № 1505", ["01-01 02-24", "01-08 05-08"]),
    2024: (
        "10.08.2023 № 1314",
        ["04-27 04-29", "11-02 04-30", "01-06 05-10", "12-28 12-30", "01-07 12-31"],
    ),
    2025: (
        "04.10.2024 № 1335",
        ["01-04 05-02", "02-23 05-08", "03-08 06-13", "11-01 11-03", "01-05 12-31"],
    ),
    2026: ("24.09.2025 № 1466", ["01-03 01-09", "01-04 12-31"]),
    2027: ("17.09.2026 № 1187", ["02-20 02-22", "01-02 11-05", "01-03 12-31"]),
}
days = st.dates(datetime.date(2021, 1, 1), datetime.date(2040, 12, 31))
terms = st.integers(12, 30)  # the longest holidays are shorter
short_terms = st.integers(1, 30)


def date(text):
    return datetime.date.fromisoformat(text)


def at(moment):
    """Travel to a moment of the college's time zone."""
    return time_machine.travel(f"{moment}+04:00", tick=False)


def days_of(year):
    first = datetime.date(year, 1, 1)
    return [first + DAY * n for n in range((datetime.date(year + 1, 1, 1) - first).days)]


def working_days_by_law(year):
    """Weekdays without holidays, with what the decree and article 112 move."""
    moves = [each.split() for each in DECREES[year][1]] if year in DECREES else []
    moved = {date(f"{year}-{source}"): date(f"{year}-{target}") for source, target in moves}
    feasts = [datetime.date(year, *each) for each in HOLIDAYS]
    off = {*feasts, *moved.values()}
    for feast in feasts:
        if feast.weekday() > 4 and feast.month > 1 and feast not in moved:
            day = feast
            while day.weekday() > 4 or day in off:
                day += DAY
            off.add(day)
    worked = {source for source in moved if source not in feasts}
    return [day for day in days_of(year) if day in worked or (day.weekday() < 5 and day not in off)]


# The production calendar --------------------------------------------------------------------------


@pytest.mark.parametrize("year", [*DECREES, 2028, 2032, 2033])
def test_working_days_are_those_of_code_and_decrees(year):
    assert [day for day in days_of(year) if is_working_day(day)] == working_days_by_law(year)


@pytest.mark.parametrize(
    ("year", "count"),
    [(2021, 247), (2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247), (2027, 247)],
)
def test_a_year_has_as_many_working_days_as_announced(year, count):
    assert sum(map(is_working_day, days_of(year))) == count


# The target ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-02", "2026-04-01"),  # the limit is a working day
        ("2026-03-05", "2026-04-03"),  # a Saturday
        ("2026-03-06", "2026-04-03"),  # a Sunday
        ("2026-12-15", "2027-01-14"),  # in the next year
        ("2026-12-10", "2026-12-30"),  # within the holidays of New Year, Thursday the 31st is off
        ("2026-04-11", "2026-05-08"),  # Monday 11 May instead of Saturday the 9th
        ("2027-01-22", "2027-02-20"),  # a Sunday after a Saturday on which people work
        ("2028-01-30", "2028-02-29"),  # a leap day
    ],
)
def test_an_answer_is_due_on_the_last_working_day_within_thirty_days(received, due):
    assert answer_due(date(received)) == date(due)


@given(received=days, term=terms)
def test_a_target_is_the_last_working_day_within_the_term(received, term):
    limit = answer_limit(received, term)
    target = answer_due(received, term)
    assert is_working_day(target)
    assert received < target <= limit
    assert not any(is_working_day(target + DAY * n) for n in range(1, (limit - target).days + 1))


@given(received=days, term=short_terms)
def test_a_short_term_never_ends_before_it_begins(received, term):
    target = answer_due(received, term)
    limit = answer_limit(received, term)
    assert received <= target <= limit
    assert is_working_day(target) or target == limit


@given(received=days, term=short_terms, later=st.integers(0, 400))
def test_who_writes_later_is_never_answered_earlier(received, term, later):
    assert answer_due(received, term) <= answer_due(received + DAY * later, term)


@given(received=days, term=st.integers(1, 29))
def test_a_longer_term_never_ends_earlier(received, term):
    assert answer_due(received, term) <= answer_due(received, term + 1)


@given(received=days, paused=st.integers(0, 365))
def test_a_pause_moves_limit_and_target_alike(received, paused):
    limit = answer_limit(received) + DAY * paused
    assert answer_target(limit, received + DAY * paused) == answer_due(received + DAY * paused)


@given(limit=days)
def test_no_holidays_are_longer_than_eleven_days(limit):
    assert (limit - last_working_day(limit)).days <= 11


@given(received=days)
def test_a_suggestion_is_forwarded_within_seven_days(received):
    assert received <= forward_due(received) <= received + DAY * 7


# Suggestions --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "limit"), [("2026-03-02 23:59", "2026-04-01"), ("2026-03-03 00:01", "2026-04-02")]
)
def test_midnight_of_the_college_separates_days_of_receipt(moment, limit):
    with at(moment):
        suggestion = factories.suggestion()
    assert (suggestion.limit_on, suggestion.due_on) == (date(limit), date(limit))


@pytest.mark.django_db
def test_a_topic_may_have_a_shorter_term():
    with at("2026-03-02 12:00"):
        suggestion = factories.suggestion(topic=factories.suggestion_topic(answer_days=10))
    assert (suggestion.limit_on, suggestion.due_on) == (date("2026-03-12"), date("2026-03-12"))


@pytest.mark.django_db
@pytest.mark.parametrize("term", [0, 31])
def test_a_topic_with_a_term_outside_the_law_is_refused(term):
    topic = factories.suggestion_topic()
    topic.answer_days = term
    with pytest.raises(ValidationError, match="answer_days"):
        topic.full_clean()


def asked(question_at="2026-03-10 12:00"):
    """A suggestion received on 2 March 2026, due on 1 April, whose author is asked."""
    with at("2026-03-02 12:00"):
        suggestion = factories.suggestion()
    with at(question_at):
        suggestion.ask("Где?", None)
    return suggestion


def end_pause(suggestion, how):
    ways = {
        "reply": lambda: suggestion.reply("Во дворе.", uuid4()),
        "forward": lambda: suggestion.forward("Завхозу.", None),
        "answer": lambda: suggestion.give_answer("Поставили.", None),
        "decline": lambda: suggestion.decline("Нельзя.", None),
        "withdraw": lambda: suggestion.withdraw(uuid4()),
    }
    ways[how]()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["reply", "forward", "answer", "decline", "withdraw"])
def test_the_days_of_waiting_for_the_author_do_not_count(how):
    suggestion = asked()
    with at("2026-03-15 00:01"):
        end_pause(suggestion, how)
    stored = Suggestion.objects.get()
    assert (stored.limit_on, stored.due_on) == (date("2026-04-06"), date("2026-04-06"))
    assert stored.paused_on is None


@pytest.mark.django_db
def test_a_reply_on_the_same_day_moves_nothing():
    suggestion = asked()
    with at("2026-03-10 23:59"):
        suggestion.reply("Во дворе.", uuid4())
    assert Suggestion.objects.get().due_on == date("2026-04-01")


@pytest.mark.django_db
def test_a_second_question_continues_the_pause():
    suggestion = asked()
    with at("2026-03-12 12:00"):
        suggestion.ask("С какой стороны?", None)
    with at("2026-03-15 12:00"):
        suggestion.reply("У входа.", uuid4())
    assert Suggestion.objects.get().limit_on == date("2026-04-06")


@pytest.mark.django_db
def test_nothing_is_overdue_while_its_author_is_asked():
    suggestion = asked()
    with at("2026-06-01 12:00"):
        assert not suggestion.is_overdue
        assert not Suggestion.objects.in_desk_state("overdue")
        suggestion.reply("Во дворе.", uuid4())
        assert not suggestion.is_overdue
    assert Suggestion.objects.get().limit_on == date("2026-06-23")


@pytest.mark.django_db
def test_an_extension_while_waiting_adds_to_the_pause():
    suggestion = asked()
    with at("2026-03-12 12:00"):
        suggestion.extend("Ждём смету.", None, days=10)
        assert suggestion.status == "waiting"
    with at("2026-03-15 12:00"):
        suggestion.reply("У входа.", uuid4())
    assert Suggestion.objects.get().limit_on == date("2026-04-16")


@pytest.mark.django_db
def test_an_extension_counts_from_the_limit():
    with at("2026-03-05 12:00"):
        suggestion = factories.suggestion()
        assert suggestion.due_on == date("2026-04-03")
        suggestion.extend("Ждём смету.", None)
    stored = Suggestion.objects.get()
    assert (stored.limit_on, stored.due_on) == (date("2026-05-04"), date("2026-05-04"))


@pytest.mark.django_db
@pytest.mark.parametrize("term", [0, -1, 31])
def test_an_extension_beyond_the_law_is_refused(term):
    suggestion = factories.suggestion()
    with pytest.raises(ValidationError, match="1–30 дней"):
        suggestion.extend("Ждём смету.", None, days=term)
    assert not Event.objects.filter(kind="extended")


@pytest.mark.django_db
def test_a_reopened_suggestion_gets_its_topics_term():
    with at("2026-03-02 12:00"):
        suggestion = factories.answered(topic=factories.suggestion_topic(answer_days=10))
    with at("2026-05-04 12:00"):
        suggestion.reopen("Не помогло.", uuid4())
    stored = Suggestion.objects.get()
    assert (stored.limit_on, stored.due_on) == (date("2026-05-14"), date("2026-05-14"))
