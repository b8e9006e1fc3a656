"""Checks the words of a post against the dictionary and the college's own names and words."""

from functools import cache
from pathlib import Path

from college_site.models import College
from college_site.russian.morphology import is_known, list_lemmas
from college_site.russian.spelling import (
    PASSIVE,
    choose_suggestions,
    clean,
    is_correct,
    list_candidates,
)
from college_site.russian.words import split_words
from news.models import KnownWord, Partner, Topic, Word

MAX_WORDS = 3000  # in one request
MAX_LENGTH = 100  # of one word, or of two that belong together
MAX_SUGGESTED = 150  # words for which suggestions are looked for in one request
KNOWN_WORDS = Path(__file__).with_name("known_words.txt")
OF_COLLEGE = ("full_name", "name", "region", "city", "street_address")
MIXED = "Русские и\u00a0латинские буквы в\u00a0одном слове."
PASSIVE_NOTE = "Если это о\u00a0сделанном, пишется одна «н»."


def check_words(words):
    """{word: {"offers": […], "note": …}} for those of `words` that may be misprints.

    «была организованна» counts as one word.
    """
    vocabulary = load_vocabulary()
    cleaned = {word: clean(word) for word in words}
    wrong = {word: text for word, text in cleaned.items() if not is_correct(text, vocabulary)}
    candidates = {
        word: list_candidates(text, vocabulary) if place < MAX_SUGGESTED else {}
        for place, (word, text) in enumerate(wrong.items())
    }
    frequent = list_frequent(candidates.values())
    return {
        word: {
            "offers": choose_suggestions(candidates[word], frequent),
            "note": explain(text),
        }
        for word, text in wrong.items()
    }


def explain(text):
    if PASSIVE.fullmatch(text):
        return PASSIVE_NOTE
    return MIXED if any("a" <= letter <= "z" for letter in text.lower()) else ""


def list_frequent(candidates):
    """Those of the candidates, folded, that occur in posts of the college."""
    folded = {text.lower().replace("ё", "е") for found in candidates for text in found}
    return set(Word.objects.filter(word__in=folded).values_list("word", flat=True))


def load_vocabulary():
    """The folded words of the college's names, partners, topics and own dictionary, with lemmas."""
    college = College.objects.values_list(*OF_COLLEGE).first() or ()
    texts = [*college, *Partner.objects.values_list("name", flat=True)]
    for title, description in Topic.objects.values_list("title", "description"):
        texts += [title, description]
    texts += KnownWord.objects.values_list("word", flat=True)
    words = {word for text in texts for word in split_words(text)}
    return add_lemmas(words) | load_known_words()


def add_lemmas(words):
    """The words, and the lemmas that the dictionary lacks: of others it knows all forms."""
    lemmas = (list_lemmas(word) for word in words if not is_known(word))
    return words.union(*lemmas)


@cache
def load_known_words():
    lines = KNOWN_WORDS.read_text(encoding="utf-8").splitlines()
    words = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    return frozenset(add_lemmas({word.replace("ё", "е") for word in words}))
