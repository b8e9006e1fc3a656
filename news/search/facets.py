"""Search filters and their values: academic year, topic, partner."""

import re
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from college_site.russian.academic_year import AcademicYear
from news.models import Participation, Partner, Post, Topic
from news.search.results import MAX_RANKED, match_posts

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
MAX_PARTNERS = 30


class Filters(NamedTuple):
    """The selected filters; topic and partner are slugs or ""."""

    year: AcademicYear | None = None
    topic: str = ""
    partner: str = ""

    @classmethod
    def from_query_string(cls, parameters):
        """The filters of request.GET; malformed ones are ignored."""
        slugs = (parameters.get(name, "") for name in ("topic", "partner"))
        year = parse_year(parameters.get("year", ""))
        return cls(year, *(slug if SLUG.fullmatch(slug) else "" for slug in slugs))

    @property
    def are_set(self):
        return any(self)

    def without(self, name):
        """A copy without the filter `name`."""
        return self._replace(**{name: type(self)._field_defaults[name]})

    def posts(self):
        """The published posts that pass all filters."""
        posts = Post.objects.published_in(self.year)
        if self.topic:
            posts = posts.filter(topic__slug=self.topic)
        if self.partner:
            posts = posts.filter(partners__slug=self.partner)
        return posts


class Facets(NamedTuple):
    """The values of each filter: AcademicYears, newest first; (slug, name) of the others."""

    years: list
    topics: QuerySet
    partners: QuerySet


def list_facets(filters, outcome):
    """The Facets of a search with this Outcome.

    The values of a filter come from the posts that pass the other filters, so that the user can
    switch to another value. The selected value is always included.
    """
    return Facets(
        list_years(filters, outcome),
        list_topics(find_keys("topic", filters, outcome), filters.topic),
        list_partners(find_keys("partner", filters, outcome), filters.partner),
    )


def find_keys(name, filters, outcome):
    """The primary keys of the posts that the search would rank without the filter `name`."""
    others = filters.without(name)
    if others == filters:
        return [hit.pk for hit in outcome.hits]
    return match_posts(others.posts(), outcome.query.terms).values("pk")[:MAX_RANKED]


def list_years(filters, outcome):
    """The years of the posts and the selected one, newest first."""
    if filters.year:
        found = match_posts(filters.without("year").posts(), outcome.query.terms)
        moments = found.values_list("published_at", flat=True)[:MAX_RANKED]
    else:
        moments = [hit.published_at for hit in outcome.hits]
    years = {AcademicYear.of(moment) for moment in moments}
    return sorted(years | ({filters.year} - {None}), reverse=True)


def list_topics(keys, selected):
    """The topics of the posts and the selected one, if it has a published post."""
    used = Post.objects.filter(pk__in=keys).order_by().values("topic")
    found = Topic.objects.with_posts().filter(Q(pk__in=used) | Q(slug=selected))
    return found.order_by("title").values_list("slug", "title")


def list_partners(keys, selected):
    """The MAX_PARTNERS partners with most of the posts, and the selected one."""
    counts = Participation.objects.filter(post__in=keys).order_by().values("partner")
    most = counts.annotate(count=Count("pk")).order_by("-count", "partner")
    used = most.values("partner")[:MAX_PARTNERS]
    found = Partner.objects.with_posts().filter(Q(pk__in=used) | Q(slug=selected))
    return found.order_by("name").values_list("slug", "name")


def parse_year(slug):
    """The AcademicYear of a slug, or None if it is malformed."""
    try:
        return AcademicYear.parse(slug)
    except ValueError:
        return None
