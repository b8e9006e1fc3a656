"""Finds and ranks posts.

The cost is bounded: only the MAX_RANKED matching posts added last are ranked and paginated. For
more frequent words users add a second word or a filter.
"""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from news.models import Post
from news.search.highlighting import extract_snippet, highlight, list_reasons
from news.search.keyboard_layout import is_latin, swap_layout
from news.search.query import Query
from news.search.spelling import suggest_correction

MAX_RANKED = 500
TITLE, LEAD, EXTRA, BODY = 8, 4, 3, 1  # the score of a term, by the best field it occurs in
RECENCY_BOOST = 0.25  # of the score, for a post published today
HALF_LIFE = 365  # days, of this boost


class Hit(NamedTuple):
    """A matching post; title, lead and extra are tokens separated by spaces."""

    pk: int
    published_at: datetime
    title: str
    lead: str
    extra: str


class Outcome(NamedTuple):
    """The query that was searched and its hits.

    `original` is the user's query if `query` is that text in the other keyboard layout. Without
    hits, `correction` and `other_layout` are texts to offer instead, or "".
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
    """A post of a results page: title and snippet as Pieces, reasons as (label, Pieces)."""

    post: Post
    title: list
    snippet: list
    reasons: list


def search(query, filters, *, is_exact=False):
    """Search for `query`, then for its text in the other keyboard layout, then for a correction.

    Returns an Outcome; `is_exact` disables the search in the other layout.
    """
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
    """Hits for the posts that contain all terms, the best first; [] without terms."""
    if not terms:
        return []
    entry = ("search_entry__title", "search_entry__lead", "search_entry__extra")
    rows = match_posts(posts, terms).values_list("pk", "published_at", *entry)
    now = timezone.now()
    hits = sorted(map(Hit._make, rows[:MAX_RANKED]), key=lambda hit: hit[1::-1], reverse=True)
    return sorted(hits, key=lambda hit: score(hit, terms, now), reverse=True)


def match_posts(posts, terms):
    """The posts that contain all terms, those added last first; all posts without terms."""
    found = posts.filter(search_entry__words__matches=terms) if terms else posts
    return found.order_by("-search_entry__post_id")


def score(hit, terms, now):
    """The relevance of a hit; newer posts rank slightly higher."""
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
    return match * (1 + RECENCY_BOOST * 0.5 ** ((now - hit.published_at).days / HALF_LIFE))


def load_results(hits, terms):
    """Results for the hits of one page; posts unpublished meanwhile are left out."""
    posts = Post.objects.published().for_results().in_bulk([hit.pk for hit in hits])
    return [make_result(posts[hit.pk], hit, terms) for hit in hits if hit.pk in posts]


def make_result(post, hit, terms):
    """The Result for a hit; reasons cover the terms that occur neither in title nor lead."""
    others = [
        term for term in terms if not term.occurs_in(hit.title) and not term.occurs_in(hit.lead)
    ]
    title, snippet = highlight(post.title, terms), extract_snippet(post, terms)
    return Result(post, title, snippet, list(list_reasons(post, others)))
