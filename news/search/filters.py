"""What narrows a search: an academic year, a topic, a partner."""

import re
from typing import NamedTuple

from college_site.russian.academic_year import AcademicYear
from news.models import Post

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")


class Filters(NamedTuple):
    """The chosen values; `year` is an AcademicYear or None."""

    year: AcademicYear | None = None
    topic: str = ""
    partner: str = ""

    @classmethod
    def from_address(cls, parameters):
        """The filters of a query string; a value that cannot be one is left out."""
        slugs = (parameters.get(name, "") for name in ("topic", "partner"))
        year = academic_year(parameters.get("year", ""))
        return cls(year, *(slug if SLUG.fullmatch(slug) else "" for slug in slugs))

    @property
    def are_set(self):
        """Whether any is chosen."""
        return any(self)

    def without(self, name):
        """The other filters."""
        return self._replace(**{name: type(self)._field_defaults[name]})

    def posts(self):
        """The published posts that every filter lets through."""
        posts = Post.objects.published_in(self.year)
        if self.topic:
            posts = posts.filter(topic__slug=self.topic)
        if self.partner:
            posts = posts.filter(partners__slug=self.partner)
        return posts


def academic_year(slug):
    """The academic year of a slug, or None where it is none."""
    try:
        return AcademicYear.parse(slug)
    except ValueError:
        return None
