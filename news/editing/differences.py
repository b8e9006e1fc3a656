"""The differences of two texts, word by word."""

import re
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import format_html, format_html_join, strip_tags

from college_site.russian.words import strip_markup

MAX_WORDS = 6000  # of either text; longer ones are shown whole
CONTEXT = 12  # words around a difference; more that are equal are left out
WORD = re.compile(r"\S+\s*")
LINE = re.compile(r"[^\n]+\n*")
PLACED = re.compile(r"<figure data-photo[^>]*></figure>")
LAST_IN_CELL = re.compile(r"</p>(?=</(?:li|td|th)>)")
END_OF_BLOCK = re.compile(r"</(?:p|h2|h3|li|tr|blockquote)>|<br\s*/?>")


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


def mark_changes(before, after):
    """One piece of safe HTML: what is gone as <del>, what came as <ins>; what is equal is cut.

    Long texts are compared line by line, for which the time is bounded.
    """
    left, right = WORD.findall(before), WORD.findall(after)
    if max(len(left), len(right)) > MAX_WORDS:
        left, right = LINE.findall(before)[:MAX_WORDS], LINE.findall(after)[:MAX_WORDS]
    keys = [[piece.rstrip() for piece in pieces] for pieces in (left, right)]
    pieces = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, *keys).get_opcodes():
        if kind == "equal":
            pieces.append(format_html("{}", shorten(right[other_start:other_end])))
        else:
            pieces.append(mark_piece("del", left[start:end]))
            pieces.append(mark_piece("ins", right[other_start:other_end]))
    return join(pieces)


def mark_piece(name, words):
    """The words as one element, with the white space after them behind it."""
    text = "".join(words)
    inner = text.rstrip()
    return format_html("<{0}>{1}</{0}>{2}", name, inner, text[len(inner) :] or " ") if text else ""


def readable_blocks(html):
    """The words of a text with a line for each paragraph, item and placed photograph."""
    if "<" not in html:
        return html
    html = PLACED.sub("[фотография]\n", html.replace("<li>", "<li>• "))
    html = html.replace("</td><td", "</td> | <td").replace("</th><th", "</th> | <th")
    html = END_OF_BLOCK.sub("\n", LAST_IN_CELL.sub("", html))
    text = unescape(strip_tags(html))
    return re.sub(r"[ \t]*\n\s*", "\n", text).strip()
