"""The lemmas by which public answers are found."""

from college_site.russian.morphology import lemmatize, list_lemmas
from college_site.russian.words import normalize, split_words


def list_keywords(text):
    """Every lemma that words of a plain text may have, each once."""
    words = split_words(normalize(text))
    return list(dict.fromkeys(lemma for word in words for lemma in list_lemmas(word)))


def list_likeliest_lemmas(text):
    """The likeliest lemma of each word, each once, in the order of the words."""
    return list(dict.fromkeys(map(lemmatize, split_words(normalize(text)))))
