"""Academic years (1 September to 31 August) and their months in the site's time zone."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import MONTHS

FIRST, LAST = 1900, 2199  # the valid start years
SEPTEMBER = 9
SLUG = re.compile(r"([0-9]{4})-([0-9]{4})")


class Period:
    """A range of whole days from `first_day` to before `day_after`."""

    @property
    def bounds(self):
        """The start (inclusive) and end (exclusive) as aware datetimes."""
        return midnight(self.first_day), midnight(self.day_after)

    @property
    def is_over(self):
        """Whether the period has ended."""
        return self.day_after <= timezone.localdate()


@dataclass(frozen=True, order=True)
class Month(Period):
    year: int
    number: int

    @property
    def first_day(self):
        return datetime.date(self.year, self.number, 1)

    @property
    def day_after(self):
        return (self.first_day + datetime.timedelta(days=31)).replace(day=1)

    @property
    def label(self):
        """«февраль 2022 года»."""
        return f"{self.name} {self.year}\u00a0года"

    @property
    def name(self):
        return MONTHS[self.number].lower()


@dataclass(frozen=True, order=True)
class AcademicYear(Period):
    """The academic year that begins on 1 September of `start`."""

    start: int

    @classmethod
    def of(cls, day):
        """The academic year of a date or of an aware datetime in the site's time zone."""
        if isinstance(day, datetime.datetime):
            day = timezone.localdate(day)
        return cls(day.year if day.month >= SEPTEMBER else day.year - 1)

    @classmethod
    def parse(cls, slug):
        """The academic year of a slug like 2021-2022; raises ValueError for anything else."""
        found = SLUG.fullmatch(slug)
        start, end = map(int, found.groups()) if found else (0, 0)
        if not FIRST <= start <= LAST or end != start + 1:
            raise ValueError(f"Expected an academic year like 2021-2022, found {slug[:20]!r}")
        return cls(start)

    @property
    def slug(self):
        return f"{self.start}-{self.start + 1}"

    @property
    def label(self):
        """«2021–2022 учебный год»."""
        return f"{self.short_label} учебный\u00a0год"

    @property
    def short_label(self):
        return f"{self.start}–{self.start + 1}"

    @property
    def first_day(self):
        return datetime.date(self.start, SEPTEMBER, 1)

    @property
    def day_after(self):
        return datetime.date(self.start + 1, SEPTEMBER, 1)

    @property
    def months(self):
        """Its twelve months, from September to August."""
        return [self.month(number) for number in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)]

    def month(self, number):
        """The Month of the academic year with this number, 1 to 12."""
        return Month(self.start if number >= SEPTEMBER else self.start + 1, number)


def midnight(day):
    """The start of a day as an aware datetime."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


class AcademicYearConverter:
    """Path converter for an academic year: 2021-2022."""

    regex = "[0-9]{4}-[0-9]{4}"

    def to_python(self, value):
        return AcademicYear.parse(value)

    def to_url(self, value):
        return value.slug


class MonthConverter:
    """Path converter for a month: 02."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02}"
