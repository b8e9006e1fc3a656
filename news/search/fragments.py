"""The part of a text around what was found, in pieces that a template marks and escapes."""

import re
from typing import NamedTuple

from django.utils.html import escape

from college_site.words import WORD, folded, plain

WIDTH = 260  # characters
BEFORE = 60
LONGEST = 12_000  # characters of a text that are looked at
MOST_MATCHES = 100
# Where a heading, a paragraph, an item or a cell ends without a mark of its own.
BARE_END = re.compile(r"([^\s.,:;!?…>])(?=(?:</(?:strong|em|b|i|a)>)*</(?:p|h[23]|li|t[hd])>)")


class Piece(NamedTuple):
    text: str
    is_match: bool


def marked(text, terms):
    """The whole text in pieces."""
    return list(pieces(text, matches(text, terms), 0, len(text)))


def fragment(post, terms):
    """Some 260 characters of the post's lead or body with the most terms in them, in pieces."""
    text = running(f"<p>{escape(post.lead)}</p>{post.body}")[:LONGEST]
    found = matches(text, terms)
    start, end = window(text, found)
    parts = list(pieces(text, found, start, end))
    opening = [Piece("… ", False)] if start else []
    closing = [Piece(" …", False)] if end < len(text) else []
    return [*opening, *parts, *closing]


def running(html):
    """The text of sanitised HTML on one line, with « · » after what ends without a mark."""
    return plain(BARE_END.sub(r"\1 ·", html)).removesuffix(" ·")


def facts(post, terms):
    """(name, pieces) of the place, topic and participants that the terms find."""
    partners = (str(each) for each in post.participations.all())
    found = ", ".join(partner for partner in partners if matches(partner, terms))
    for name, text in (
        ("Место", post.place),
        ("Тема", str(post.topic or "")),
        ("Участники", found),
    ):
        if matches(text, terms):
            yield name, marked(text, terms)


def matches(text, terms):
    """(start, end, term) of the words that the terms find, of the first hundred at most."""
    found = []
    for match in WORD.finditer(text):
        word = folded(match[0])
        term = next((term for term in terms if term.is_form_of(word)), None)
        if term:
            found.append((*match.span(), term))
        if len(found) == MOST_MATCHES:
            break
    return found


def window(text, found):
    """Where the fragment starts and ends: between words, around as many terms as possible."""

    def variety(first):
        limit = first[0] + WIDTH - BEFORE
        return len({term for start, end, term in found if first[0] <= start and end <= limit})

    middle = max(found, key=variety)[0] if found else 0
    start = max(0, min(middle - BEFORE, len(text) - WIDTH))
    start = text.find(" ", start, middle) + 1 if start else 0
    end = start + WIDTH
    return start, end if end >= len(text) else max(text.rfind(" ", start, end), middle) or end


def pieces(text, found, start, end):
    """The text between `start` and `end`, cut at the matches."""
    place = start
    for first, last, _ in found:
        if place <= first and last <= end:
            yield Piece(text[place:first], False)
            yield Piece(text[first:last], True)
            place = last
    yield Piece(text[place:end], False)
