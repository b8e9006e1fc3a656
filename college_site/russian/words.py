"""Splits Russian text into normalised words for comparison."""

import re
import unicodedata
from functools import lru_cache
from html import unescape
from itertools import pairwise

from django.utils.html import strip_tags

from college_site.russian.folding import DASHES, INVISIBLE, MARKS, fold_case

LETTER = "[0-9A-Za-zÀ-ÖØ-öø-ÿЀ-ҁҊ-ӿ]"
# With stress marks, soft hyphens and the like.
WORD = re.compile(rf"{LETTER}(?:[{INVISIBLE}{MARKS}]*{LETTER})*(?:[{MARKS}]+)?")
COMPOUND = re.compile(rf"{WORD.pattern}(?:[{DASHES}-]{WORD.pattern})*")
LONGEST = 40
# Frequent words that do not distinguish texts.
STOP_WORDS = set(
    """
    а в во для до же за и из или к как ко ли на не но о об от по при с со то у что это
    """.split()
)
# Every tag except those that may occur inside a word.
BREAKING_TAG = re.compile(r"<(?!/?(?:strong|em|b|i|a)\b)")


def strip_markup(html):
    """The text of sanitised HTML."""
    return normalize(unescape(strip_tags(BREAKING_TAG.sub(" <", html))))


def normalize(text):
    """The text in NFC with collapsed white space."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def fold_word(word):
    """The word in its form for comparison, cut to LONGEST characters."""
    return fold_beginning(word[: 4 * LONGEST])[:LONGEST]


@lru_cache(maxsize=4096)  # a page of results asks for the same words again and again
def fold_beginning(word):
    return fold_case(word)


def split_words(text):
    """The folded words of a text without stop words, in order."""
    found = (match[0][:LONGEST] for match in WORD.finditer(fold_case(text)))
    return [word for word in found if word not in STOP_WORDS]


def list_index_words(text):
    """The words of a text, and compounds with a hyphen as one word, too: «медиацентр»."""
    joined = (join_compound(match[0]) for match in COMPOUND.finditer(fold_case(text)))
    return [*split_words(text), *filter(None, joined)]


def list_spellings(words):
    """For each word of a query itself and what it is in one with its neighbours.

    «Медиа-центр» and «медиа центр» find «медиацентр» by them.
    """
    spellings = [[word] for word in words]
    for place, pair in enumerate(pairwise(words)):
        joined = "".join(pair)[:LONGEST]
        spellings[place].append(joined)
        spellings[place + 1].append(joined)
    return spellings


def join_compound(text):
    """A compound as one folded word; "" for a single word and for figures, as «2024-2025»."""
    words = [match[0] for match in WORD.finditer(text)]
    if len(words) < 2:
        return ""
    word = "".join(map(fold_word, words))[:LONGEST]
    return "" if word.isdigit() else word
