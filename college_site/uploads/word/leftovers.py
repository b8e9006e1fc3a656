"""What of a document was left out or changed, line by line, each with its place."""

from itertools import islice

from college_site.uploads.word.parts import tag

MOST_WORDS = 6  # that tell a place
MOST_TEXTS = 60  # pieces, such as runs, in which those words are looked for
MOST_QUOTED = 600  # characters of a text that is quoted
MOST_LINES = 150


class Leftovers:
    """Lines in Russian for the person who uploads."""

    def __init__(self):
        self.counts = {}  # line: how often
        self.rest = 0  # how many lines are not told

    def add(self, line, element=None):
        """Note a line, with the place of the element."""
        if len(self.counts) == MOST_LINES:
            self.rest += 1
            return
        if element is not None:
            line = f"{line} ({describe_place(element)})"
        self.counts[line] = self.counts.get(line, 0) + 1

    def lines(self):
        """All lines; what happened several times at one place is said once, with its number."""
        lines = [line + f", всего таких: {n}" * (n > 1) for line, n in self.counts.items()]
        return [*lines, f"Есть и\u00a0ещё замечания, всего: {self.rest}"] if self.rest else lines


def describe_place(element):
    """The words before an element, which tell where it stood."""
    texts = list(islice(texts_before(element), MOST_TEXTS))[::-1]
    words, paragraph = "", None
    for text in texts:
        own = next(text.iterancestors(tag("w:p")), None)
        words += (" " if own is not paragraph else "") + (text.text or "")
        paragraph = own
    last = words.split()[-MOST_WORDS:]
    return f"после слов «{' '.join(last)}»" if last else "в\u00a0начале документа"


def texts_before(element):
    """The texts before an element, the nearest first."""
    while element is not None:
        for sibling in element.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter(tag("w:t"))))
        element = element.getparent()


def quote(text):
    """A text in quotation marks, cut where it is very long."""
    text = " ".join(text.split())
    return f"«{text}»" if len(text) <= MOST_QUOTED else f"«{text[:MOST_QUOTED].rstrip()}…»"
