"""What narrows a search: an academic year, a topic, a partner."""

import datetime
import re
from typing import NamedTuple

from django.db.models import Min
from django.utils import timezone

from news.models import Post

YEAR = re.compile(r"((?:19|20)[0-9]{2})-((?:19|20)[0-9]{2})")
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
FIRST_MONTH = 9


class Filters(NamedTuple):
    """The chosen values; `year` is the one in which the academic year begins, or None."""

    year: int | None = None
    topic: str = ""
    partner: str = ""

    @classmethod
    def from_address(cls, parameters):
        """The filters of a query string; a value that cannot be one is left out."""
        year = YEAR.fullmatch(parameters.get("year", ""))
        slugs = (parameters.get(name, "") for name in ("topic", "partner"))
        return cls(
            int(year[1]) if year and int(year[2]) == int(year[1]) + 1 else None,
            *(slug if SLUG.fullmatch(slug) else "" for slug in slugs),
        )

    def applied_to(self, posts):
        """The posts of this queryset that every filter lets through."""
        if self.year is not None:
            first, after = first_moment(self.year), first_moment(self.year + 1)
            posts = posts.filter(published_at__gte=first, published_at__lt=after)
        if self.topic:
            posts = posts.filter(topic__slug=self.topic)
        if self.partner:
            posts = posts.filter(partners__slug=self.partner)
        return posts


def first_moment(year):
    """When the academic year of this autumn begins."""
    return timezone.make_aware(datetime.datetime(year, FIRST_MONTH, 1))


def academic_year_of(moment):
    """The year in which the moment's academic year begins."""
    day = timezone.localdate(moment)
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def academic_years():
    """The years in which academic years with publications begin, the newest first."""
    first = Post.objects.published().aggregate(first=Min("published_at"))["first"]
    if first is None:
        return []
    return list(range(academic_year_of(timezone.now()), academic_year_of(first) - 1, -1))
