"""The stems by which public answers are found."""

from college_site.words import composed, stem, words


def stems(text):
    """The distinct stems of a plain text, in the order in which they come."""
    return list(dict.fromkeys(stem(word) for word in words(composed(text))))
