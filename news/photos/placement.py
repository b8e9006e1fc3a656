"""Photographs and videos in the text of their post: the stored body has a mark for each."""

import re
from html import unescape
from typing import NamedTuple

from college_site.video_addresses import VideoAddress, parse_video_address

MARK = re.compile(
    r'<figure data-photo="(?P<photo>\d+)"></figure>'
    r'|<figure(?P<video>(?: data-(?:video|title)="[^"]*")+)></figure>'
    r'|</?figure\b(?:"[^"]*"|[^">])*>'
)
ATTRIBUTE = re.compile(r'data-(video|title)="([^"]*)"')


class PlacedVideo(NamedTuple):
    """A video in the text; `title` is what its author called it, or ""."""

    source: VideoAddress
    title: str = ""


def list_placed(html):
    """The primary keys of the photographs that stand in a stored body, in order."""
    return [int(mark["photo"]) for mark in MARK.finditer(html) if mark["photo"]]


def list_placed_videos(html):
    """The PlacedVideos of a stored body, in order."""
    return [video for mark in MARK.finditer(html) if (video := read_video(mark))]


def read_video(mark):
    found = dict(ATTRIBUTE.findall(mark["video"] or ""))
    if address := unescape(found.get("video", "")):
        return PlacedVideo(parse_video_address(address), unescape(found.get("title", "")))
    return None


def replace_placed(html, numbers):
    """A body with other photographs in the same places, by {number in a mark: the new one}."""

    def replace(mark):
        if mark["video"]:
            return mark[0]
        number = numbers.get(int(mark["photo"])) if mark["photo"] else None
        return f'<figure data-photo="{number}"></figure>' if number else ""

    return MARK.sub(replace, html)


def split_body(html, photos):
    """A stored body as pieces of HTML and, between them, those of `photos` and the PlacedVideos
    that are marked there; without other marks.
    """
    by_number = {str(photo.pk): photo for photo in photos}
    parts, place = [], 0
    for mark in MARK.finditer(html):
        placed = read_video(mark) or by_number.get(mark["photo"])
        parts += [html[place : mark.start()], placed]
        place = mark.end()
    return [part for part in (*parts, html[place:]) if part]
