"""The posts that a search finds, the best first.

Work is bounded: of the matching posts the 1,000 that were added last are ranked, and 600 of those
can be paged through. A word that stands in more posts than that needs a second word or a filter.
"""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from news.models import Partner, Post
from news.search.fragments import fragment, marked
from news.search.layout import retyped
from news.search.query import Query
from news.search.spelling import correction

MOST_RANKED = 1000
MOST_CHOICES = 30
# What a term counts for by the best place it stands in, and how much a post of today gains.
TITLE, LEAD, EXTRA, BODY = 8, 4, 3, 1
FRESHNESS = 0.25
HALF_LIFE = 365  # days


class Hit(NamedTuple):
    """A matching post; title, lead and extra are their stems."""

    pk: int
    published_at: datetime
    title: str
    lead: str
    extra: str
    topic: str | None
    topic_title: str | None


class Found(NamedTuple):
    """What was searched and found; `typed` is set where another keyboard layout helped."""

    query: Query
    hits: list
    typed: Query | None = None
    correction: str = ""

    @property
    def is_capped(self):
        return len(self.hits) == MOST_RANKED


class Result(NamedTuple):
    """A post on a page of results; its title and a fragment in pieces."""

    post: Post
    title: list
    fragment: list


def find(query, filters, *, as_typed=False):
    """What `query` finds, or the same keys in the other layout; failing that, a correction."""
    posts = filters.posts()
    if hits := ranked(posts, query.terms):
        return Found(query, hits)
    other = Query("" if as_typed else retyped(query.text))
    if hits := ranked(posts, other.terms):
        return Found(other, hits, typed=query)
    return Found(query, [], correction=correction(query, posts))


def ranked(posts, terms):
    """The posts in which all terms occur as Hits, the best first; none for no terms."""
    if not terms:
        return []
    rows = posts.filter(search_entry__words__matches=terms).order_by("-search_entry__post_id")
    entry = ("search_entry__title", "search_entry__lead", "search_entry__extra")
    rows = rows.values_list("pk", "published_at", *entry, "topic__slug", "topic__title")
    now = timezone.now()
    hits = sorted(map(Hit._make, rows[:MOST_RANKED]), key=lambda hit: hit[1::-1], reverse=True)
    return sorted(hits, key=lambda hit: score(hit, terms, now), reverse=True)


def score(hit, terms, now):
    """How well a hit matches, with a slight preference for the newer."""
    match = sum(
        TITLE
        if term.is_among(hit.title)
        else LEAD
        if term.is_among(hit.lead)
        else EXTRA
        if term.is_among(hit.extra)
        else BODY
        for term in terms
    )
    return match * (1 + FRESHNESS * 0.5 ** ((now - hit.published_at).days / HALF_LIFE))


def shown(hits, terms):
    """The Results for the hits of one page."""
    posts = Post.objects.published().select_related("topic").in_bulk([hit.pk for hit in hits])
    found = (posts[hit.pk] for hit in hits if hit.pk in posts)
    return [Result(post, marked(post.title, terms), fragment(post, terms)) for post in found]


def topic_choices(hits):
    """(slug, title) of the topics that most of the hits have."""
    topics = Counter((hit.topic, hit.topic_title) for hit in hits if hit.topic)
    return sorted(
        (topic for topic, _ in topics.most_common(MOST_CHOICES)), key=lambda topic: topic[1]
    )


def partner_choices(hits):
    """(slug, name) of the partners that took part in most of the hits."""
    partners = (
        Partner.objects.filter(participations__post__in=[hit.pk for hit in hits])
        .annotate(count=Count("pk"))
        .order_by("-count", "name")
        .values_list("slug", "name")[:MOST_CHOICES]
    )
    return sorted(partners, key=by_name)


def by_name(choice):
    return choice[1]
