"""The posts that a search finds, the best first.

Work is bounded: of the matching posts the 1,000 that were added last are ranked, and 600 of those
can be paged through. A word that stands in more posts than that needs a second word or a filter.
"""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from news.models import Post
from news.search.fragments import facts, fragment, marked
from news.search.layout import is_latin, retyped
from news.search.query import Query
from news.search.spelling import correction

MOST_RANKED = 1000
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


class Found(NamedTuple):
    """What was searched and found; `typed` is set where another keyboard layout helped.

    Where nothing was found: a correction, and Latin text as the other layout gives it.
    """

    query: Query
    hits: list
    typed: Query | None = None
    correction: str = ""
    retyped: str = ""

    @property
    def is_capped(self):
        return len(self.hits) == MOST_RANKED


class Result(NamedTuple):
    """A post on a page of results; its title and a fragment in pieces, (name, pieces) of facts."""

    post: Post
    title: list
    fragment: list
    facts: list


def find(query, filters, *, as_typed=False):
    """What `query` finds, or the same keys in the other layout; failing that, a correction."""
    posts = filters.posts()
    if hits := ranked(posts, query.terms):
        return Found(query, hits)
    other = Query("" if as_typed else retyped(query.text))
    if hits := ranked(posts, other.terms):
        return Found(other, hits, typed=query)
    intended = other.text if is_latin(query.text) else ""
    texts = [query.text, intended] if intended else [query.text]
    return Found(query, [], correction=correction(texts, posts), retyped=intended)


def ranked(posts, terms):
    """The posts in which all terms occur as Hits, the best first; none for no terms."""
    if not terms:
        return []
    entry = ("search_entry__title", "search_entry__lead", "search_entry__extra")
    rows = matching(posts, terms).values_list("pk", "published_at", *entry)
    now = timezone.now()
    hits = sorted(map(Hit._make, rows[:MOST_RANKED]), key=lambda hit: hit[1::-1], reverse=True)
    return sorted(hits, key=lambda hit: score(hit, terms, now), reverse=True)


def matching(posts, terms):
    """The posts in which all terms occur, those that were added last first; all for no terms."""
    found = posts.filter(search_entry__words__matches=terms) if terms else posts
    return found.order_by("-search_entry__post_id")


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
    posts = Post.objects.published().for_results().in_bulk([hit.pk for hit in hits])
    return [result(posts[hit.pk], hit, terms) for hit in hits if hit.pk in posts]


def result(post, hit, terms):
    """The Result for a hit. Its facts are those that a term found which title and lead lack."""
    elsewhere = [
        term for term in terms if not term.is_among(hit.title) and not term.is_among(hit.lead)
    ]
    return Result(
        post, marked(post.title, terms), fragment(post, terms), list(facts(post, elsewhere))
    )
