"""What a search can be narrowed to: the years, topics and partners of what it finds."""

from typing import NamedTuple

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Cast, ExtractMonth, ExtractYear

from college_site.russian.academic_year import SEPTEMBER, AcademicYear
from news.models import Participation, Partner, Post, Topic
from news.search.results import MOST_RANKED, matching

MOST_CHOICES = 30


class Choices(NamedTuple):
    """The AcademicYears, the newest first; (slug, name) of the topics and of the partners."""

    years: list
    topics: list
    partners: list


def choices(filters, found):
    """The Choices for a search that `found` is the outcome of, in one query.

    Those of a filter come from the posts that the other filters let through, so that another can
    be chosen instead; what is chosen stays among them even where nothing is found.
    """
    parts = [
        years(found_without("year", filters, found)),
        topics(found_without("topic", filters, found), filters.topic),
        partners(found_without("partner", filters, found), filters.partner),
    ]
    first, *others = (part.order_by().values_list("filter", "value", "label") for part in parts)
    rows = sorted(first.union(*others), key=lambda row: row[2])
    starts = {AcademicYear(int(value)) for name, value, _ in rows if name == "year"}
    return Choices(
        sorted(starts | ({filters.year} - {None}), reverse=True),
        *([row[1:] for row in rows if row[0] == name] for name in ("topic", "partner")),
    )


def found_without(name, filters, found):
    """The keys of the posts that the search would rank without one filter."""
    others = filters.without(name)
    if others == filters:
        return [hit.pk for hit in found.hits]
    return matching(others.posts(), found.query.terms).values("pk")[:MOST_RANKED]


def years(keys):
    """The academic years of posts, each once, by the year they begin in."""
    before_september = Case(When(month__lt=SEPTEMBER, then=1), default=0)
    posts = Post.objects.filter(pk__in=keys).annotate(month=ExtractMonth("published_at"))
    start = Cast(ExtractYear("published_at") - before_september, CharField())
    return posts.annotate(filter=text("year"), value=start, label=text(""))


def topics(keys, chosen):
    """The topics of posts and the chosen one, if visitors find something under it."""
    used = Post.objects.filter(pk__in=keys).order_by().values("topic")
    found = Topic.objects.with_posts().filter(Q(pk__in=used) | Q(slug=chosen))
    return found.annotate(filter=text("topic"), value=F("slug"), label=F("title"))


def partners(keys, chosen):
    """The partners that took part in most of the posts, and likewise the chosen one."""
    counted = Participation.objects.filter(post__in=keys).order_by().values("partner")
    most = counted.annotate(count=Count("pk")).order_by("-count", "partner")
    used = most.values("partner")[:MOST_CHOICES]
    found = Partner.objects.with_posts().filter(Q(pk__in=used) | Q(slug=chosen))
    return found.annotate(filter=text("partner"), value=F("slug"), label=F("name"))


def text(value):
    return Value(value, CharField())
