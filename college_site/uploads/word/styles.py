"""Styles of a document: what a paragraph is for, what its text and its list look like."""

import re

from college_site.uploads.word.parts import child, is_on, tag, value

# Names of styles in Word, LibreOffice, Google Docs, «МойОфис» and «Р7», in lower case.
ROLES = {
    "title": "Title",
    "название": "Title",
    "subtitle": "Subtitle",
    "подзаголовок": "Subtitle",
    "caption": "Caption",
    "название объекта": "Caption",
    "quote": "Quote",
    "intense quote": "Quote",
    "quotations": "Quote",
    "цитата": "Quote",
    "цитата 2": "Quote",
    "выделенная цитата": "Quote",
    "toc heading": "Contents",
    "contents heading": "Contents",
    "заголовок оглавления": "Contents",
}
HEADING = re.compile(r"(?:heading|заголовок) ([1-9])")
CONTENTS = re.compile(r"(?:toc|contents|оглавление) \d")
LAST_OUTLINE_LEVEL = 8


class Styles:
    """The styles by kind and id; `root` is the tree of styles.xml or None."""

    def __init__(self, root):
        elements = root.iterchildren(tag("w:style")) if root is not None else ()
        self.elements = {}
        for element in elements:
            key = element.get(tag("w:type")), element.get(tag("w:styleId"))
            self.elements.setdefault(key, element)

    def chain(self, kind, id):
        """The style and those that it is based on, the nearest first."""
        seen = set()
        while (element := self.elements.get((kind, id))) is not None and id not in seen:
            seen.add(id)
            yield element
            id = value(element, "w:basedOn")

    def of_paragraph(self, paragraph):
        """What tells the properties of a paragraph: itself, then its styles."""
        if paragraph is None:
            return []
        return [paragraph, *self.chain("paragraph", value(paragraph, "w:pPr", "w:pStyle"))]

    def role(self, paragraph):
        """Title, Subtitle, Caption, Quote, Contents, Heading1 to Heading9, or ""."""
        for source in self.of_paragraph(paragraph):
            if role := role_by_name(value(source, "w:name") or ""):
                return role
            level = value(source, "w:pPr", "w:outlineLvl")
            if level and level.isdecimal() and int(level) <= LAST_OUTLINE_LEVEL:
                return f"Heading{int(level) + 1}"
        return ""

    def is_centred(self, paragraph):
        for source in self.of_paragraph(paragraph):
            if alignment := value(source, "w:pPr", "w:jc"):
                return alignment == "center"
        return False

    def list_place(self, paragraph):
        """(id of the list, depth or None, id of the style that told) of a paragraph."""
        depth = None
        for source in self.of_paragraph(paragraph):
            depth = depth or value(source, "w:pPr", "w:numPr", "w:ilvl")
            if list_id := value(source, "w:pPr", "w:numPr", "w:numId"):
                return list_id, depth, source.get(tag("w:styleId"))
        return None, None, None

    def list_of_style(self, id):
        """The id of the list that a style of lists stands for."""
        return value(self.elements.get(("numbering", id)), "w:pPr", "w:numPr", "w:numId")

    def looks(self, run, name, paragraph=None):
        """Whether a switch such as "w:b" is on for a run, by itself or by its styles."""
        sources = [run, *self.chain("character", value(run, "w:rPr", "w:rStyle"))]
        if paragraph is not None:
            sources += self.of_paragraph(paragraph)[1:]
        for source in sources:
            if (found := is_on(source, "w:rPr", name)) is not None:
                return found
        return False

    def position(self, run):
        """superscript, subscript or None."""
        for source in [run, *self.chain("character", value(run, "w:rPr", "w:rStyle"))]:
            if found := value(source, "w:rPr", "w:vertAlign"):
                return found
        return None

    def font(self, run):
        fonts = child(run, "w:rPr", "w:rFonts")
        return "" if fonts is None else fonts.get(tag("w:ascii"), "")


def role_by_name(name):
    name = name.lower()
    if heading := HEADING.fullmatch(name):
        return f"Heading{heading[1]}"
    return ROLES.get(name, "Contents" if CONTENTS.fullmatch(name) else "")
