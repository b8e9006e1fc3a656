"""Blacks out words by which a person may be recognised, in a text that is to be published.

A word in square brackets stands where they were, such as «[имя]»: it says what is missing, is read
aloud by screen readers and does not show how long the name is, as black bars would.
"""

import re
from typing import NamedTuple

from college_site.russian.folding import fold
from feedback.moderation.personal_data import KINDS, find_names, find_uppercase_names

GROUP = re.compile(
    r"(?i:\b(?:групп[аыеуой]{1,2}|гр\.)\s+)(?:№\s?)?[А-ЯЁA-Z\d][\w-]{0,9}"
    r"|\b(?!ФЗ|ГОСТ)[А-ЯЁ]{1,4}-\d{1,3}[а-яё]?\b"
    r"|\b\d{1,3}-(?!ФЗ)[А-ЯЁ]{2,4}\b"
)
PLURALS = {  # by kind, as the author reads what was blacked out
    "имя": "имена",
    "телефон": "телефоны",
    "почта": "адреса почты",
    "группа": "номера групп",
    "страница в сети": "страницы в сети",
    "документ": "номера документов",
}
REASON = "чтобы никого нельзя было узнать"


class Finding(NamedTuple):
    """Words of a text from `start` to `end`."""

    start: int
    end: int
    kind: str
    words: str

    @property
    def mark(self):
        return f"[{self.kind}]"


def find_revealing(text):
    """The Findings in a text, in their order; none overlaps another."""
    folded, places = fold_with_places(text)
    spans = [
        *((*match.span(), kind) for kind, rule in KINDS.items() for match in rule.finditer(folded)),
        *((*span, "имя") for span in [*find_names(folded), *find_uppercase_names(folded)]),
        *((*match.span(), "группа") for match in GROUP.finditer(folded)),
    ]
    found = []
    for first, last, kind in sorted(spans):
        start, end = places[first][0], places[last - 1][1]
        if not found or start >= found[-1].end:
            found.append(Finding(start, end, kind, text[start:end]))
    return found


def fold_with_places(text):
    """The folded text, and where each of its characters was: pairs of start and end.

    Folding may drop or replace characters of a word; then the whole word is its place.
    """
    folded, places = [], []
    for word in re.finditer(r"\s+|\S+", text):
        short = fold(word[0])
        folded.append(short)
        if len(short) == len(word[0]):
            places += [(at, at + 1) for at in range(word.start(), word.end())]
        else:
            places += [word.span()] * len(short)
    return "".join(folded), places


def redact(text, chosen=None):
    """The text with marks instead of the chosen words, by default of all that were found."""
    for finding in reversed(find_revealing(text)):
        if chosen is None or finding.words in chosen:
            text = text[: finding.start] + finding.mark + text[finding.end :]
    return text


def list_marks(text):
    """The kinds whose marks stand in a text."""
    return [kind for kind in PLURALS if f"[{kind}]" in text]


def explain(text):
    """What was blacked out in this text and why, for its author; "" if nothing was."""
    kinds = list_marks(text)
    return f"закрыты {', '.join(PLURALS[kind] for kind in kinds)}, {REASON}." if kinds else ""
