"""The posts that a search finds, the best first.

Work is bounded: of the matching posts the 1,000 that were added last are ranked, and 600 of those
can be paged through. A word of more posts than that needs a second word or a filter.
"""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from news.models import Post
from news.search.highlighting import extract_snippet, highlight, list_reasons
from news.search.keyboard_layout import is_latin, swap_layout
from news.search.query import Query
from news.search.spelling import suggest_correction

MAX_RANKED = 1000
# What a term counts for by the best place it occurs in, and how much a post of today gains.
TITLE, LEAD, EXTRA, BODY = 8, 4, 3, 1
FRESHNESS = 0.25
HALF_LIFE = 365  # days


class Hit(NamedTuple):
    """A matching post; title, lead and extra are tokens."""

    pk: int
    published_at: datetime
    title: str
    lead: str
    extra: str


class Outcome(NamedTuple):
    """What was searched and found; `original` is set where another keyboard layout helped.

    Where nothing was found: a correction, and Latin text as the other layout types it.
    """

    query: Query
    hits: list
    original: Query | None = None
    correction: str = ""
    other_layout: str = ""

    @property
    def is_capped(self):
        return len(self.hits) == MAX_RANKED


class Result(NamedTuple):
    """A post on a page of results; its title and snippet in Pieces, (name, Pieces) of reasons."""

    post: Post
    title: list
    snippet: list
    reasons: list


def search(query, filters, *, is_exact=False):
    """What `query` finds, or the same keys in the other layout; failing that, a correction."""
    posts = filters.posts()
    if hits := rank_hits(posts, query.terms):
        return Outcome(query, hits)
    other = Query("" if is_exact else swap_layout(query.text))
    if hits := rank_hits(posts, other.terms):
        return Outcome(other, hits, original=query)
    intended = other.text if is_latin(query.text) else ""
    texts = [query.text, intended] if intended else [query.text]
    return Outcome(query, [], correction=suggest_correction(texts, posts), other_layout=intended)


def rank_hits(posts, terms):
    """The posts in which all terms occur as Hits, the best first; none for no terms."""
    if not terms:
        return []
    entry = ("search_entry__title", "search_entry__lead", "search_entry__extra")
    rows = match_posts(posts, terms).values_list("pk", "published_at", *entry)
    now = timezone.now()
    hits = sorted(map(Hit._make, rows[:MAX_RANKED]), key=lambda hit: hit[1::-1], reverse=True)
    return sorted(hits, key=lambda hit: score(hit, terms, now), reverse=True)


def match_posts(posts, terms):
    """The posts in which all terms occur, those that were added last first; all for no terms."""
    found = posts.filter(search_entry__words__matches=terms) if terms else posts
    return found.order_by("-search_entry__post_id")


def score(hit, terms, now):
    """How well a hit matches, with a slight preference for the newer."""
    match = sum(
        TITLE
        if term.occurs_in(hit.title)
        else LEAD
        if term.occurs_in(hit.lead)
        else EXTRA
        if term.occurs_in(hit.extra)
        else BODY
        for term in terms
    )
    return match * (1 + FRESHNESS * 0.5 ** ((now - hit.published_at).days / HALF_LIFE))


def load_results(hits, terms):
    """The Results for the hits of one page."""
    posts = Post.objects.published().for_results().in_bulk([hit.pk for hit in hits])
    return [make_result(posts[hit.pk], hit, terms) for hit in hits if hit.pk in posts]


def make_result(post, hit, terms):
    """The Result for a hit, with reasons for the terms that title and lead lack."""
    others = [
        term for term in terms if not term.occurs_in(hit.title) and not term.occurs_in(hit.lead)
    ]
    title, snippet = highlight(post.title, terms), extract_snippet(post, terms)
    return Result(post, title, snippet, list(list_reasons(post, others)))
