"""Splits Russian text into normalised words for comparison."""

import re
import unicodedata
from html import unescape

from django.utils.html import strip_tags

LETTER = "[0-9A-Za-zÀ-ÖØ-öø-ÿЀ-ҁҊ-ӿ]"
WORD = re.compile(rf"{LETTER}(?:[\u0301\u00ad]?{LETTER})*")  # with stress marks and soft hyphens
LONGEST = 40
# Frequent words that do not distinguish texts.
STOP_WORDS = {
    *("а", "в", "во", "для", "до", "же", "за", "и", "из", "или", "к", "как", "ко", "ли", "на"),
    *("не", "но", "о", "об", "от", "по", "при", "с", "со", "то", "у", "что", "это"),
}
# Every tag except those that may occur inside a word.
BREAKING_TAG = re.compile(r"<(?!/?(?:strong|em|b|i|a)\b)")


def strip_markup(html):
    """The text of sanitised HTML."""
    return normalize(unescape(strip_tags(BREAKING_TAG.sub(" <", html))))


def normalize(text):
    """The text in NFC with collapsed white space."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def fold(word):
    """The word in lower case with «е» for «ё», without stress marks, cut to LONGEST characters."""
    word = word.lower().replace("ё", "е").replace("\u0301", "").replace("\u00ad", "")
    return word[:LONGEST]


def split_words(text):
    """The folded words of a text without stop words, in order."""
    found = (fold(match[0]) for match in WORD.finditer(text))
    return [word for word in found if word not in STOP_WORDS]
