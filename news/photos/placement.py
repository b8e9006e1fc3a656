"""Photographs in the text of their post: the stored body has a mark where each one stands."""

import re

MARK = re.compile(r'<figure data-photo="(\d+)"></figure>|</?figure\b[^>]*>')


def list_placed(html):
    """The primary keys of the photographs that stand in a stored body, in order."""
    return [int(number) for number in MARK.findall(html) if number]


def replace_placed(html, numbers):
    """A body with other photographs in the same places, by {number in a mark: the new one}."""

    def replace(mark):
        number = numbers.get(int(mark[1])) if mark[1] else None
        return f'<figure data-photo="{number}"></figure>' if number else ""

    return MARK.sub(replace, html)


def split_body(html, photos):
    """A stored body as pieces of HTML and, of `photos`, those between them; no other marks."""
    by_number = {str(photo.pk): photo for photo in photos}
    parts, place = [], 0
    for mark in MARK.finditer(html):
        parts += [html[place : mark.start()], by_number.get(mark[1])]
        place = mark.end()
    return [part for part in (*parts, html[place:]) if part]
