"""What a visitor looks for: a bounded number of terms, made from whatever was typed."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from college_site.words import composed, stem, words

LONGEST = 100  # characters
MOST_TERMS = 8
SHORTEST_PREFIX = 3


class Term(NamedTuple):
    """A stem that has to occur; `prefix` is the last word, which may be unfinished, or ""."""

    stem: str
    prefix: str = ""

    def is_among(self, stems):
        """Whether it occurs in `stems`, separated by spaces."""
        stems = f" {stems} "
        return f" {self.stem} " in stems or bool(self.prefix and f" {self.prefix}" in stems)

    def is_form_of(self, word):
        """Whether a folded word of a text is what the term finds."""
        if not word.startswith(self.stem):
            return False
        found = stem(word)
        return found == self.stem or bool(self.prefix and found.startswith(self.prefix))


@dataclass(frozen=True)
class Query:
    """A search text: what was typed, cut to what a search takes."""

    typed: str

    @cached_property
    def text(self):
        """At most 100 characters that a page and a database can hold."""
        text = self.typed.encode(errors="replace").decode().replace("\0", " ")
        return composed(text[: 2 * LONGEST])[:LONGEST]

    @cached_property
    def words(self):
        return words(self.text)[:MOST_TERMS]

    @cached_property
    def terms(self):
        """The terms, all of which a post has to contain; none where there is nothing to find."""
        if not self.words:
            return ()
        *others, last = self.words
        prefix = last if len(last) >= SHORTEST_PREFIX else ""
        return tuple(
            dict.fromkeys([*(Term(stem(word)) for word in others), Term(stem(last), prefix)])
        )

    @cached_property
    def is_cut(self):
        """Whether only a part of what was typed is searched."""
        return len(self.typed.strip()) > LONGEST or len(words(self.text)) > MOST_TERMS
