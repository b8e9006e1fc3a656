"""The differences of two texts, word by word."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join

from college_site.russian.words import strip_markup

MAX_WORDS = 6000  # of either text; longer ones are shown whole
CONTEXT = 12  # words around a difference; more that are equal are left out
WORD = re.compile(r"\S+\s*")


def compare(stored, own):
    """Two pieces of safe HTML: what `own` lacks is <del> in the first, what it adds <ins> in the
    second.
    """
    left, right = WORD.findall(stored), WORD.findall(own)
    if max(len(left), len(right)) > MAX_WORDS:
        return format_html("{}", stored), format_html("{}", own)
    first, second = [], []
    for kind, start, end, other_start, other_end in SequenceMatcher(
        None, left, right
    ).get_opcodes():
        if kind == "equal":
            words = shorten(left[start:end])
            first.append(format_html("{}", words))
            second.append(format_html("{}", words))
            continue
        first.append(mark("del", left[start:end]))
        second.append(mark("ins", right[other_start:other_end]))
    return join(first), join(second)


def shorten(words):
    if len(words) <= 3 * CONTEXT:
        return "".join(words)
    return "".join([*words[:CONTEXT], "… ", *words[-CONTEXT:]])


def mark(name, words):
    if not words:
        return ""
    return format_html("<{0}>{1}</{0}> ", name, "".join(words).rstrip())


def join(pieces):
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def readable(value):
    """The words of an entry; HTML without its tags."""
    return strip_markup(value) if "<" in value else value
