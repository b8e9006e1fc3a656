"""The lemmas of texts, to search public answers."""

from college_site.russian.morphology import lemmatize, list_lemmas
from college_site.russian.words import list_index_words, split_words


def list_keywords(text):
    """All possible lemmas of the words of a plain text, without repeats."""
    words = list_index_words(text)
    return list(dict.fromkeys(lemma for word in words for lemma in list_lemmas(word)))


def list_likeliest_lemmas(text):
    """The likeliest lemma of each word, in the order of the words, without repeats."""
    return list(dict.fromkeys(map(lemmatize, split_words(text))))
