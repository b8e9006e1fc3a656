"""Parses a search text into a bounded number of terms."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from college_site.russian.morphology import list_lemmas
from college_site.russian.words import list_spellings, normalize, split_words

LONGEST = 100  # characters
MAX_TERMS = 8
SHORTEST_PREFIX = 3


class Term(NamedTuple):
    """Matches any of the lemmas, or words that start with `prefix`: the last may be unfinished."""

    lemmas: tuple
    prefixes: tuple = ()

    def occurs_in(self, tokens):
        """Whether the term occurs in `tokens`, words and lemmas separated by spaces."""
        tokens = f" {tokens} "
        return any(f" {lemma} " in tokens for lemma in self.lemmas) or any(
            f" {prefix}" in tokens for prefix in self.prefixes
        )


@dataclass(frozen=True)
class Query:
    """A search text; `raw` may have any length and any characters."""

    raw: str

    @cached_property
    def text(self):
        """The normalised text: at most LONGEST characters, no lone surrogates, no NUL."""
        text = self.raw.encode(errors="replace").decode().replace("\0", " ")
        return normalize(text[: 2 * LONGEST])[:LONGEST]

    @cached_property
    def words(self):
        return split_words(self.text)[:MAX_TERMS]

    @cached_property
    def terms(self):
        """A tuple of Terms, which a post must all contain; empty without words."""
        unfinished = {"".join(self.words[-2:]), *self.words[-1:]}
        terms = [make_term(spellings, unfinished) for spellings in list_spellings(self.words)]
        return tuple(dict.fromkeys(terms))

    @cached_property
    def is_truncated(self):
        """Whether words beyond the limits were ignored."""
        return len(self.raw.strip()) > LONGEST or len(split_words(self.text)) > MAX_TERMS


def make_term(spellings, unfinished):
    """The term of a word in these spellings, of which the unfinished may go on."""
    lemmas = dict.fromkeys(lemma for word in spellings for lemma in list_lemmas(word))
    prefixes = (word for word in spellings if word in unfinished and len(word) >= SHORTEST_PREFIX)
    return Term(tuple(lemmas), tuple(prefixes))
