"""Photographs in the text of their post: the stored body has a mark where each one stands."""

import re

MARK = re.compile(r'<figure data-photo="([0-9a-f]{32})"></figure>|</?figure\b[^>]*>')


def list_placed(html):
    """The keys of the photographs that stand in a stored body, in order."""
    return [key for key in MARK.findall(html) if key]


def split_body(html, photos):
    """A stored body as pieces of HTML and, of `photos`, those between them; no other marks."""
    by_key = {photo.key: photo for photo in photos}
    parts, place = [], 0
    for mark in MARK.finditer(html):
        parts += [html[place : mark.start()], by_key.get(mark[1])]
        place = mark.end()
    return [part for part in (*parts, html[place:]) if part]
