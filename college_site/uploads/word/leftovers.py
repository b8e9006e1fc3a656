"""What of a document was left out or changed, line by line, each with its place."""

from college_site.uploads.word.parts import NAMESPACES, tag

MOST_WORDS = 6  # that tell a place
MOST_QUOTED = 600  # characters of a text that is quoted
MOST_LINES = 150


class Leftovers:
    """Lines in Russian for the person who uploads."""

    def __init__(self):
        self.counts = {}  # line: how often

    def add(self, line, element=None):
        """Note a line, with the place of the element."""
        if element is not None:
            line = f"{line} ({describe_place(element)})"
        self.counts[line] = self.counts.get(line, 0) + 1

    def lines(self):
        """All lines; what happened several times at one place is said once, with its number."""
        lines = [line + f", всего таких: {n}" * (n > 1) for line, n in self.counts.items()]
        if len(lines) <= MOST_LINES:
            return lines
        return [*lines[:MOST_LINES], f"И\u00a0ещё замечаний: {len(lines) - MOST_LINES}."]


def describe_place(element):
    """The words before an element, which tell where it stood."""
    texts = element.xpath("preceding::w:t", namespaces=NAMESPACES)[-60:]
    words, paragraph = "", None
    for text in texts:
        own = next(text.iterancestors(tag("w:p")), None)
        words += (" " if own is not paragraph else "") + (text.text or "")
        paragraph = own
    last = words.split()[-MOST_WORDS:]
    return f"после слов «{' '.join(last)}»" if last else "в\u00a0начале документа"


def quote(text):
    """A text in quotation marks, cut where it is very long."""
    text = " ".join(text.split())
    return f"«{text}»" if len(text) <= MOST_QUOTED else f"«{text[:MOST_QUOTED].rstrip()}…»"
