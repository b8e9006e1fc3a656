"""Navigation of the archive: academic years and their months, each with its number of posts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from college_site.russian.academic_year import AcademicYear
from news.models import Post
from news.pagination import BoundedCount

MAX_YEARS = 30  # earlier years have pages, but are not listed in the navigation


@dataclass(frozen=True)
class ArchiveEntry:
    """A period in the navigation of the archive; `count` is a BoundedCount of its posts."""

    name: str
    url: str
    count: int
    is_current: bool


def list_archive_entries(year=None, month=None, kind=None):
    """The entries of all posts as (years, months of `year`), without empty periods.

    Only posts of `kind` are counted, a Post.Kind or None for any. Runs two queries.
    """
    posts = Post.objects.of_kind(kind)
    years = list_years_since(posts.published().values_list("published_at", flat=True).last())
    months = year.months if year else []
    counts = count_periods([*years, *months], posts)
    return (
        make_entries(
            years, counts, lambda other: (other.short_label, period_url(other), other == year)
        ),
        make_entries(
            months, counts, lambda other: (other.name, period_url(year, other), other == month)
        ),
    )


def list_year_entries(subject, rows, year):
    """The entries of the years of a topic or partner. Runs one query.

    `rows` are the posts of a topic or the participations of a partner; `subject` must come from
    with_posts(), which annotates `oldest`.
    """
    years = list_years_since(subject.oldest)
    counts = count_periods(years, rows)
    return make_entries(
        years, counts, lambda other: (other.short_label, subject.get_year_url(other), other == year)
    )


def period_url(year, month=None):
    return reverse("news:post_list", args=[year, month.number] if month else [year])


def list_years_since(oldest):
    """At most MAX_YEARS academic years, from the current one back to that of `oldest`.

    `oldest` is an aware datetime or None.
    """
    if oldest is None:
        return []
    newest = AcademicYear.of(timezone.now()).start
    first = max(AcademicYear.of(oldest).start, newest - MAX_YEARS + 1)
    return [AcademicYear(start) for start in range(newest, first - 1, -1)]


def list_year_choices():
    """(slug, name) of each academic year since the oldest post, for a form. Runs one query."""
    oldest = Post.objects.published().values_list("published_at", flat=True).last()
    return [(year.slug, year.short_label) for year in list_years_since(oldest)]


def count_periods(periods, rows):
    """Count the published rows of each period in one query; returns {period: count}."""
    counts = {
        f"n{number}": BoundedCount(rows.published_in(period))
        for number, period in enumerate(periods)
    }
    row = Post.objects.order_by().values(**counts).first() if counts else None
    return dict(zip(periods, row.values(), strict=True)) if row else {}


def make_entries(periods, counts, describe):
    """Entries for the periods with posts; `describe(period)` returns (name, url, is_current)."""
    entries = []
    for period in periods:
        if counts.get(period):
            name, url, is_current = describe(period)
            entries.append(ArchiveEntry(name, url, counts[period], is_current))
    return entries
