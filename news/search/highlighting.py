"""Highlights the matches in a post: pieces of text that a template marks and escapes."""

import re
from itertools import islice
from typing import NamedTuple

from django.utils.html import escape

from college_site.russian.morphology import list_tokens
from college_site.russian.words import COMPOUND, WORD, fold_word, join_compound, strip_markup

WIDTH = 260  # characters
BEFORE = 60
LONGEST = 12_000  # characters of a text that are searched for matches
MAX_MATCHES = 100
# The end of a heading, paragraph, list item or cell without punctuation.
BARE_END = re.compile(r"([^\s.,:;!?…>])(?=(?:</(?:strong|em|b|i|a)>)*</(?:p|h[23]|li|t[hd])>)")


class Piece(NamedTuple):
    text: str
    is_match: bool


def highlight(text, terms):
    """The whole text as a list of Pieces."""
    return list(split_at_matches(find_matches(text, terms), text, 0, len(text)))


def extract_snippet(post, terms):
    """The part of lead and body, about WIDTH characters, with the most terms, as Pieces."""
    text = join_blocks(f"<p>{escape(post.lead)}</p>{post.body}")[:LONGEST]
    matches = find_matches(text, terms)
    start, end = choose_window(text, matches)
    opening = [Piece("… ", False)] if start else []
    closing = [Piece(" …", False)] if end < len(text) else []
    return [*opening, *split_at_matches(matches, text, start, end), *closing]


def join_blocks(html):
    """The text of sanitised HTML on one line, with « · » after blocks without punctuation."""
    return strip_markup(BARE_END.sub(r"\1 ·", html)).removesuffix(" ·")


def list_reasons(post, terms):
    """Yield (label, Pieces) of place, topic and participants if terms occur in them."""
    partners = (str(each) for each in post.participations.all())
    matching = ", ".join(partner for partner in partners if find_matches(partner, terms))
    for label, text in (
        ("Место", post.place),
        ("Тема", str(post.topic or "")),
        ("Участники", matching),
    ):
        if find_matches(text, terms):
            yield label, highlight(text, terms)


def find_matches(text, terms):
    """(start, end, term) of the words in which a term occurs, at most the first MAX_MATCHES."""
    found = (
        match for compound in COMPOUND.finditer(text) for match in find_in_compound(compound, terms)
    )
    return list(islice(found, MAX_MATCHES))


def find_in_compound(compound, terms):
    """The same in a word or in words with hyphens, which may be found as one: «медиацентр»."""
    words = WORD.finditer(compound.string, *compound.span())
    parts = [(*word.span(), find_term(fold_word(word[0]), terms)) for word in words]
    whole = (*compound.span(), find_term(join_compound(compound[0]), terms))
    return [part for part in parts if part[2]] or [whole] * (whole[2] is not None)


def find_term(word, terms):
    """The first of the terms that occurs in a folded word, or None."""
    tokens = list_tokens(word) if word else ""
    return next((term for term in terms if term.occurs_in(tokens)), None)


def choose_window(text, matches):
    """(start, end) of a snippet, at spaces, with as many terms as possible."""

    def count_terms(first):
        limit = first[0] + WIDTH - BEFORE
        return len({term for start, end, term in matches if first[0] <= start and end <= limit})

    middle = max(matches, key=count_terms)[0] if matches else 0
    start = max(0, min(middle - BEFORE, len(text) - WIDTH))
    start = text.find(" ", start, middle) + 1 if start else 0
    end = start + WIDTH
    return start, end if end >= len(text) else max(text.rfind(" ", start, end), middle) or end


def split_at_matches(matches, text, start, end):
    """Yield text[start:end] as Pieces."""
    place = start
    for first, last, _ in matches:
        if place <= first and last <= end:
            yield Piece(text[place:first], False)
            yield Piece(text[first:last], True)
            place = last
    yield Piece(text[place:end], False)
