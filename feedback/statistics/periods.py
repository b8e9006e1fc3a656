"""The periods of figures: academic and calendar years, the current ones first."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

from college_site.russian.academic_year import FIRST, LAST, AcademicYear

OFFERED = 3  # of each kind


@dataclass(frozen=True)
class Year:
    """Whole months from `first` to before `after`; `slug` stands in addresses: 2026, 2025-2026."""

    slug: str
    label: str
    first: datetime.date
    after: datetime.date


def calendar_year(year):
    first = datetime.date(year, 1, 1)
    return Year(str(year), f"{year}\u00a0год", first, datetime.date(year + 1, 1, 1))


def academic_year(year):
    return Year(year.slug, year.label, year.first_day, year.day_after)


def list_years():
    """The years that a page offers."""
    today = timezone.localdate()
    start = AcademicYear.of(today).start
    return [
        *(academic_year(AcademicYear(start - back)) for back in range(OFFERED)),
        *(calendar_year(today.year - back) for back in range(OFFERED)),
    ]


def read_year(slug):
    """The Year of a slug, also one that is not offered; the current academic year otherwise."""
    if re.fullmatch("[0-9]{4}", slug) and FIRST <= int(slug) <= LAST:
        return calendar_year(int(slug))
    try:
        return academic_year(AcademicYear.parse(slug))
    except ValueError:
        return list_years()[0]
