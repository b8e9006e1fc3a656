"""What the compared pages carry, beside bakerydemo's, which they shall neither undercut nor exceed.

bakerydemo (github.com/wagtail/bakerydemo, commit 8e2b625 of August 2026) was installed with
Wagtail 7.4.4, Django 5.2.19, its initial data and its production settings, with
DATABASE_URL=sqlite:///… as in its container. For a request its pages take, once caches are warm:

    home                     14 pictures, 12 cards  43 queries
    blog                      6 pictures,  6 cards  40 queries
    blog/icelandic-baking     4 pictures            22 queries (of six posts the middle one)

The site here reads the same rows by the same kinds of template tags: site settings, menu twice,
path to the page, rich text, StreamField, pictures in three formats with renditions from the cache,
tags, authors, the editors' bar, static files by a manifest. Both cache the cards of the blog and
nothing else: {% wagtailpagecache %} and a cache in front are off, WhiteNoise and open connections
on. Neither compresses pages, whereas ours do. docs/scale.md has the milliseconds of both.
"""

from typing import NamedTuple

HOME, LIST, POST = "/", "/blog/", "/blog/post-2/"
HOME_AS_OURS, LIST_AS_OURS = "/as-ours/", "/news/"


class Content(NamedTuple):
    """Pictures of a page, and queries once its renditions are in the cache."""

    pictures: int
    queries: int


PAGES = {
    HOME: Content(14, 43),
    LIST: Content(6, 40),
    POST: Content(4, 22),  # as many pictures as our post
    HOME_AS_OURS: Content(6, 28),  # as our home page: with 10 cards
    LIST_AS_OURS: Content(11, 64),  # as our list: of 12 posts
}


def describe_difference(path, found):
    """How the page differs from PAGES, "" if it does not."""
    if found == PAGES[path]:
        return ""
    return (
        f"{path}: found {found}, expected {PAGES[path]}. Change the page, or PAGES if it is right."
    )
