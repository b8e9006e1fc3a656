"""Photographs and videos in the text of their post: the stored body has a mark for each."""

import re
from html import unescape

from college_site.video_addresses import parse_video_address

MARK = re.compile(
    r'<figure data-photo="(?P<photo>\d+)"></figure>'
    r'|<figure data-video="(?P<video>[^"]+)"></figure>'
    r"|</?figure\b[^>]*>"
)


def list_placed(html):
    """The primary keys of the photographs that stand in a stored body, in order."""
    return [int(mark["photo"]) for mark in MARK.finditer(html) if mark["photo"]]


def list_placed_videos(html):
    """The VideoAddresses of the videos that stand in a stored body, in order."""
    return [read_video(mark) for mark in MARK.finditer(html) if mark["video"]]


def read_video(mark):
    return parse_video_address(unescape(mark["video"]))


def replace_placed(html, numbers):
    """A body with other photographs in the same places, by {number in a mark: the new one}."""

    def replace(mark):
        if mark["video"]:
            return mark[0]
        number = numbers.get(int(mark["photo"])) if mark["photo"] else None
        return f'<figure data-photo="{number}"></figure>' if number else ""

    return MARK.sub(replace, html)


def split_body(html, photos):
    """A stored body as pieces of HTML and, between them, those of `photos` and the VideoAddresses
    that are marked there; without other marks.
    """
    by_number = {str(photo.pk): photo for photo in photos}
    parts, place = [], 0
    for mark in MARK.finditer(html):
        placed = read_video(mark) if mark["video"] else by_number.get(mark["photo"])
        parts += [html[place : mark.start()], placed]
        place = mark.end()
    return [part for part in (*parts, html[place:]) if part]
