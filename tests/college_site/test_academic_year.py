"""The academic year: 1 September to 31 August in the site's time zone."""

import datetime

import pytest
from django.utils import timezone

from college_site.russian.academic_year import FIRST, LAST, AcademicYear, Month


def at(*parts):
    return timezone.make_aware(datetime.datetime(*parts))


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (datetime.date(2021, 9, 1), 2021),
        (datetime.date(2022, 2, 24), 2021),
        (datetime.date(2022, 8, 31), 2021),
        (datetime.date(2022, 9, 1), 2022),
    ],
)
def test_a_year_begins_on_the_first_of_september(day, start):
    assert AcademicYear.of(day) == AcademicYear(start)


def test_the_year_of_a_moment_follows_the_local_time_zone():
    evening_in_greenwich = datetime.datetime(2022, 8, 31, 21, tzinfo=datetime.UTC)
    assert AcademicYear.of(evening_in_greenwich) == AcademicYear(2022)


def test_a_year_has_a_label_and_a_slug():
    year = AcademicYear(2021)
    assert year.label == "2021–2022 учебный\N{NO-BREAK SPACE}год"
    assert year.slug == "2021-2022"
    assert AcademicYear.parse("2021-2022") == year


def test_years_and_months_are_bounded_by_local_midnights():
    assert AcademicYear(2021).bounds == (at(2021, 9, 1), at(2022, 9, 1))
    assert Month(2022, 2).bounds == (at(2022, 2, 1), at(2022, 3, 1))
    assert Month(2021, 12).bounds == (at(2021, 12, 1), at(2022, 1, 1))


def test_the_months_run_from_september_to_august():
    year = AcademicYear(2021)
    assert year.month(9) == Month(2021, 9)
    assert year.month(2) == Month(2022, 2)
    assert year.month(2).label == "февраль 2022\N{NO-BREAK SPACE}года"
    assert [month.number for month in year.months] == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]


def test_the_months_fill_the_year_without_a_gap():
    year = AcademicYear(2023)
    bounds = [month.bounds for month in year.months]
    assert bounds[0][0] == year.bounds[0]
    assert bounds[-1][1] == year.bounds[1]
    assert [end for _, end in bounds[:-1]] == [start for start, _ in bounds[1:]]


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "2021",
        "2021-2025",
        "2022-2021",
        "2021-2021",
        "0000-0001",
        "0-1",
        "9999-10000",
        "9998-9999",
        "1899-1900",
        "2200-2201",
        "x2021-2022",
        "2021-2022x",
        "2021–2022",
        "２０２１-２０２２",
        "٢٠٢١-٢٠٢٢",
        "2021-2022\n",
        "9" * 4300,
    ],
)
def test_an_invalid_slug_is_refused(slug):
    with pytest.raises(ValueError, match="academic year"):
        AcademicYear.parse(slug)


@pytest.mark.parametrize("start", [FIRST, LAST])
def test_the_first_and_the_last_year_have_slugs(start):
    assert AcademicYear.parse(f"{start}-{start + 1}") == AcademicYear(start)
