"""Lists of a document: which paragraph bears a bullet, which one which number."""

import re
from dataclasses import dataclass

from college_site.uploads.word.parts import child, tag, value

CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
MOST_DEPTH = 4  # that HTML gets, from 0


@dataclass(frozen=True)
class Level:
    format: str
    text: str  # such as "%1.%2."
    start: int
    style: str | None


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands in a list."""

    depth: int
    format: str
    number: int
    label: str  # the number as Word shows it
    list: str  # the id of its definition

    @property
    def is_ordered(self):
        return self.format != "bullet"


class Numbering:
    """The lists of numbering.xml, whose tree is `root` or None; it counts paragraphs."""

    def __init__(self, root, styles):
        self.styles = styles
        self.levels, self.links, self.lists, self.starts = {}, {}, {}, {}
        self.counters, self.begun = {}, set()
        if root is not None:
            self.read(root)

    def read(self, root):
        for element in root.iterchildren(tag("w:abstractNum")):
            id = element.get(tag("w:abstractNumId"))
            self.levels[id] = dict(map(read_level, element.iterchildren(tag("w:lvl"))))
            self.links[id] = value(element, "w:numStyleLink")
        for element in root.iterchildren(tag("w:num")):
            id = element.get(tag("w:numId"))
            self.lists[id] = value(element, "w:abstractNumId")
            for override in element.iterchildren(tag("w:lvlOverride")):
                depth = to_number(override.get(tag("w:ilvl")))
                if start := value(override, "w:startOverride"):
                    self.starts[id, depth] = to_number(start)

    def abstract(self, list_id):
        """The id of the definition of a list, also through a style of lists."""
        id = self.lists.get(list_id)
        if linked := self.links.get(id):
            id = self.lists.get(self.styles.list_of_style(linked), id)
        return id

    def place(self, paragraph):
        """The Place of the next paragraph of the document, or None without a bullet or number."""
        list_id, depth, style = self.styles.list_place(paragraph)
        abstract = self.abstract(list_id)
        levels = self.levels.get(abstract, {})
        depth = to_number(depth) if depth else depth_of_style(levels, style)
        level = levels.get(depth)
        if level is None or level.format == "none" or not (level.text or level.format == "bullet"):
            return None
        number = self.count(list_id, abstract, depth, level)
        return Place(depth, level.format, number, self.label(abstract, levels, depth), abstract)

    def count(self, list_id, abstract, depth, level):
        counters = self.counters.setdefault(abstract, {})
        start = self.starts.get((list_id, depth))
        if start is not None and (list_id, depth) not in self.begun:
            counters.pop(depth, None)
        self.begun.add((list_id, depth))
        first = level.start if start is None else start
        counters[depth] = counters[depth] + 1 if depth in counters else first
        for deeper in [other for other in counters if other > depth]:
            del counters[deeper]
        return counters[depth]

    def label(self, abstract, levels, depth):
        """The number of a paragraph as Word shows it, such as "2.1."."""

        def show(match):
            other = int(match[1]) - 1
            level = levels.get(other)
            number = self.counters[abstract].get(other, level.start if level else 1)
            return format_number(number, level.format if level else "decimal")

        level = levels[depth]
        return "" if level.format == "bullet" else re.sub(r"%([1-9])", show, level.text)


def read_level(element):
    level = Level(
        value(element, "w:numFmt") or "decimal",
        value(element, "w:lvlText") or "",
        to_number(value(element, "w:start") or "1"),
        value(element, "w:pStyle"),
    )
    if child(element, "w:lvlPicBulletId") is not None:
        level = Level("bullet", "•", 1, level.style)
    return to_number(element.get(tag("w:ilvl"))), level


def depth_of_style(levels, style):
    """The depth that a style stands for in its list."""
    return next((depth for depth, level in levels.items() if style and level.style == style), 0)


def to_number(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0


def format_number(number, format):
    if format.startswith("russian") and 0 < number <= len(CYRILLIC):
        text = CYRILLIC[number - 1]
    elif format.endswith("Letter") and 0 < number <= len(LATIN):
        text = LATIN[number - 1]
    elif format.endswith("Roman") and 0 < number < 40:
        text = format_roman(number)
    else:
        return str(number)
    return text.upper() if format.startswith("upper") or format.endswith("Upper") else text


def format_roman(number):
    text = ""
    for sign, worth in ROMAN:
        count, number = divmod(number, worth)
        text += sign * count
    return text
