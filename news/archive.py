"""The archive of posts: academic years and, within one, months, each with its number of posts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from college_site.academic_year import AcademicYear
from news.models import Post
from news.paging import BoundedCount

MOST_YEARS = 30  # what lies further back has its pages, but no place in the navigation


@dataclass(frozen=True)
class Entry:
    """A period of the archive's navigation, with a BoundedCount of its posts."""

    name: str
    url: str
    count: int
    is_current: bool


def archive(year, month, kind):
    """The entries that lead through the archive: (years, months of `year`), empty periods left out.

    The counts are those of posts of `kind` ("" for any) and take two queries together.
    """
    years = years_with_posts(Post.objects.published().of_kind(kind))
    months = year.months if year else []
    counts = counted([*years, *months], kind)
    return (
        entries(years, counts, lambda each: (each.short_label, [each], each == year)),
        entries(months, counts, lambda each: (each.name, [year, each.number], each == month)),
    )


def years_with_posts(posts):
    """The academic years from today's back to that of the oldest post, MOST_YEARS at most."""
    oldest = posts.order_by("published_at").values_list("published_at", flat=True).first()
    if oldest is None:
        return []
    newest = AcademicYear.of(timezone.now()).start
    first = max(AcademicYear.of(oldest).start, newest - MOST_YEARS + 1)
    return [AcademicYear(start) for start in range(newest, first - 1, -1)]


def counted(periods, kind):
    """The number of posts of `kind` by period, each a BoundedCount, all in one query."""
    counts = {
        f"n{number}": BoundedCount(Post.objects.published(*period.bounds).of_kind(kind))
        for number, period in enumerate(periods)
    }
    row = Post.objects.order_by().values(**counts).first() if counts else None
    return dict(zip(periods, row.values(), strict=True)) if row else {}


def entries(periods, counts, described):
    """The periods that have posts as entries; `described` gives name, address parts, is_current."""
    found = []
    for period in periods:
        if counts.get(period):
            name, parts, is_current = described(period)
            url = reverse("news:post_list", args=parts)
            found.append(Entry(name, url, counts[period], is_current))
    return found
