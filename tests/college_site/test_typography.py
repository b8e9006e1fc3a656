"""Russian dates, plurals and no-break spaces."""

import datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone

from college_site.templatetags.typography import (
    bound,
    event_dates,
    full_date,
    full_moment,
    lines_after_day,
    plural,
    typeset,
    unbroken,
)
from news.models import Post


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (day("2022-02-24"), "24 февраля 2022 года"),
        (day("2026-05-01"), "1 мая 2026 года"),
        (datetime.datetime(2022, 2, 23, 21, 0, tzinfo=datetime.UTC), "24 февраля 2022 года"),
        (datetime.datetime(2022, 2, 23, 19, 59, tzinfo=datetime.UTC), "23 февраля 2022 года"),
    ],
)
def test_a_date_is_written_in_full_in_local_time(moment, text):
    assert full_date(moment).replace("\u00a0", " ") == text


def test_a_line_may_end_before_the_year_only():
    assert full_date(day("2022-02-24")) == "24\u00a0февраля 2022\u00a0года"


def test_a_missing_date_gives_no_text():
    assert full_date(None) == ""


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2022-02-24", None, "24 февраля 2022 года"),
        ("2022-02-24", "2022-02-24", "24 февраля 2022 года"),
        ("2022-03-01", "2022-03-03", "с 1 по 3 марта 2022 года"),
        ("2022-02-28", "2022-03-03", "с 28 февраля по 3 марта 2022 года"),
        ("2022-12-30", "2023-01-02", "с 30 декабря 2022 года по 2 января 2023 года"),
    ],
)
def test_the_days_of_an_event_are_written_in_full(first, last, text):
    post = Post(event_date=day(first), event_end_date=last and day(last))
    assert event_dates(post).replace("\u00a0", " ") == text


def test_day_and_month_have_a_non_breaking_space():
    post = Post(event_date=day("2022-02-28"), event_end_date=day("2022-03-03"))
    assert "28\u00a0февраля" in event_dates(post)
    assert "3\u00a0марта 2022\u00a0года" in event_dates(post)


@pytest.mark.parametrize(
    ("first", "last", "lines"),
    [
        ("2022-03-07", None, ["марта,", "понедельник"]),
        ("2022-03-07", "2022-03-07", ["марта,", "понедельник"]),
        ("2023-01-09", None, ["января 2023 года,", "понедельник"]),
        ("2022-03-01", "2022-03-03", ["марта", "по 3 марта"]),
        ("2022-12-30", "2023-01-02", ["декабря", "по 2 января 2023 года"]),
    ],
)
@time_machine.travel("2022-03-01 12:00+04:00", tick=False)
def test_beside_the_large_day_stand_two_lines_without_it(first, last, lines):
    post = Post(event_date=day(first), event_end_date=last and day(last))
    assert [line.replace("\u00a0", " ") for line in lines_after_day(post)] == lines


@pytest.mark.parametrize(
    ("number", "noun"),
    [
        *((number, "снимок") for number in (1, 21, 101, 1001)),
        *((number, "снимка") for number in (2, 3, 4, 22, 104)),
        *((number, "снимков") for number in (0, 5, 11, 12, 14, 19, 111, 112, 1000)),
    ],
)
def test_a_noun_agrees_with_its_number(number, noun):
    assert plural(number, "снимок,снимка,снимков") == f"{number}\u00a0{noun}"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Saratov", "1 декабря 2026 года в 09:00 (МСК+1)"),
        ("Europe/Moscow", "1 декабря 2026 года в 08:00 (МСК)"),
        ("Europe/Kaliningrad", "1 декабря 2026 года в 07:00 (МСК−1)"),
        ("Asia/Kamchatka", "1 декабря 2026 года в 17:00 (МСК+9)"),
    ],
)
def test_a_moment_is_written_with_the_local_time_zone(zone, text):
    moment = datetime.datetime(2026, 12, 1, 5, 0, tzinfo=datetime.UTC)
    with timezone.override(zone):
        assert full_moment(moment).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("г. Балаково", "г.~Балаково"),
        ("ул. Факел Социализма, д. 27", "ул.~Факел Социализма, д.~27"),
        ("Саратовская обл., г. Саратов", "Саратовская обл., г.~Саратов"),
        ("Учебный корпус. Вход со двора", "Учебный корпус. Вход со двора"),
    ],
)
def test_an_abbreviation_is_bound_to_the_following_word(written, shown):
    assert bound(written) == shown.replace("~", "\u00a0")


def test_a_range_of_years_does_not_break():
    assert unbroken("2021–2022 учебный год") == "2021–\N{WORD JOINER}2022 учебный год"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Предложение — здесь", "Предложение\u00a0— здесь"),
        ("Вход – 16:00 — и — всё", "Вход\u00a0– 16:00\u00a0— и\u00a0— всё"),
        ("2021–2022, кое-что -- x", "2021–2022, кое-что -- x"),
    ],
)
def test_a_dash_is_bound_to_the_preceding_word(text, typed):
    assert typeset(text) == typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("В музее и на заводе", "В~музее и~на~заводе"),
        ("С «Кировцем» не за час, а за три", "С~«Кировцем» не~за~час, а~за~три"),
        ("Занятия в ", "Занятия в~"),  # and here opens a tag
        ("Дома и сады, на-гора, кто за. По одному", "Дома и~сады, на-гора, кто за. По~одному"),
        ("Об этом\nи\nво  дворе", "Об~этом\nи\nво  дворе"),
    ],
)
def test_a_short_word_is_bound_to_the_following_word(text, typed):
    assert typeset(text) == typed.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("когда что-то не так", "когда что-|то не~так"),
        ("Кому-нибудь, где-либо", "Кому-|нибудь, где-|либо"),
        ("из-за темы, северо-тобольский, -то", "из-за темы, северо-тобольский, -то"),
    ],
)
def test_a_particle_is_bound_to_its_word(text, typed):
    assert typeset(text) == typed.replace("|", "\N{WORD JOINER}").replace("~", "\u00a0")


def test_typesetting_twice_changes_nothing():
    once = typeset("И вот — что-то о том, как мы в и на")
    assert typeset(once) == once


def test_typesetting_escapes_html():
    page = Template("{% load typography %}{{ text|typeset }}").render(Context({"text": "<b> — &"}))
    assert page == "&lt;b&gt;\u00a0— &amp;"
