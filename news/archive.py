"""The archive of posts: academic years and, within one, months, each with its number of posts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from college_site.russian.academic_year import AcademicYear
from news.models import Post
from news.pagination import BoundedCount

MAX_YEARS = 30  # what lies further back has its pages, but no place in the navigation


@dataclass(frozen=True)
class ArchiveEntry:
    """A period of the archive's navigation, with a BoundedCount of its posts."""

    name: str
    url: str
    count: int
    is_current: bool


def list_archive_entries(year=None, month=None, kind=None):
    """The entries that lead through all posts: (years, months of `year`), empty periods left out.

    The counts are those of posts of `kind`, a Post.Kind or None for any; they take two queries.
    """
    posts = Post.objects.of_kind(kind)
    years = list_years_since(posts.published().values_list("published_at", flat=True).last())
    months = year.months if year else []
    counts = count_periods([*years, *months], posts)
    return (
        make_entries(
            years, counts, lambda each: (each.short_label, period_url(each), each == year)
        ),
        make_entries(
            months, counts, lambda each: (each.name, period_url(year, each), each == month)
        ),
    )


def list_year_entries(subject, rows, year):
    """The entries that lead through the years of a topic or partner; their counts take one query.

    `rows` are its posts or its participations in them; it comes with the moment of its `oldest`.
    """
    years = list_years_since(subject.oldest)
    counts = count_periods(years, rows)
    return make_entries(
        years, counts, lambda each: (each.short_label, subject.get_year_url(each), each == year)
    )


def period_url(year, month=None):
    return reverse("news:post_list", args=[year, month.number] if month else [year])


def list_years_since(oldest):
    """The academic years from today's back to that of the moment `oldest`, MAX_YEARS at most."""
    if oldest is None:
        return []
    newest = AcademicYear.of(timezone.now()).start
    first = max(AcademicYear.of(oldest).start, newest - MAX_YEARS + 1)
    return [AcademicYear(start) for start in range(newest, first - 1, -1)]


def count_periods(periods, rows):
    """The number of published rows by period, each a BoundedCount, all in one query."""
    counts = {
        f"n{number}": BoundedCount(rows.published_in(period))
        for number, period in enumerate(periods)
    }
    row = Post.objects.order_by().values(**counts).first() if counts else None
    return dict(zip(periods, row.values(), strict=True)) if row else {}


def make_entries(periods, counts, described):
    """The periods that have posts as entries; `described` gives name, address, is_current."""
    found = []
    for period in periods:
        if counts.get(period):
            name, url, is_current = described(period)
            found.append(ArchiveEntry(name, url, counts[period], is_current))
    return found
