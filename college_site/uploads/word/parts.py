"""The parts of a Word document that have text, and what their relationships lead to."""

import posixpath
from dataclasses import dataclass
from functools import cache

from lxml import etree

from college_site.uploads.office.package import ROOT_RELATIONSHIPS, fold_name, parse
from college_site.uploads.word.opening import read_part, refusal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": W,
    "r": R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}


@cache
def tag(name):
    """The name of an element or attribute as lxml writes it: "w:p" → "{…}p"."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def child(element, *names):
    """The descendant that these steps lead to, or None."""
    for name in names:
        element = element.find(tag(name)) if element is not None else None
    return element


def value(element, *names, attribute="w:val"):
    """The attribute of the descendant that these steps lead to, or None."""
    found = child(element, *names)
    return None if found is None else found.get(tag(attribute))


def is_on(element, *names):
    """Whether a switch such as <w:b/> is there and on; None if it is not there."""
    found = child(element, *names)
    return None if found is None else found.get(tag("w:val")) not in ("0", "false", "off", "none")


def make(name, /, **attributes):
    """An element of Word with attributes of Word."""
    named = {tag(f"w:{key}"): str(content) for key, content in attributes.items()}
    return etree.Element(tag(name), named, nsmap={"w": W})


def text_of(element):
    """The visible text of an element; paragraphs are separated by spaces."""
    words = []
    for item in element.iter(tag("w:t"), tag("w:p"), tag("w:tab"), tag("w:br")):
        words.append((item.text or "") if item.tag == tag("w:t") else " ")
    return " ".join("".join(words).split())


@dataclass(frozen=True)
class Target:
    """Where a relationship leads: to a part, or outside."""

    purpose: str
    address: str
    is_external: bool


class WordPart:
    """A part of a document: `root` is its tree, `targets` are its relationships by id."""

    def __init__(self, package, name):
        self.package, self.name = package, name
        self.root = parse(read_part(package, name))
        self.targets = read_targets(package, name)

    def related(self, purpose):
        """The parts of a kind that this part uses, such as "footnotes"."""
        targets = self.targets.values()
        names = [t.address for t in targets if t.purpose == purpose and not t.is_external]
        known = [name for name in dict.fromkeys(names) if name in self.package.parts]
        return [WordPart(self.package, name) for name in known]

    def find_all(self, path):
        return self.root.xpath(path, namespaces=NAMESPACES)


def main_part(package):
    """The WordPart with the text."""
    names = [
        found.target
        for found in package.relationships_in(ROOT_RELATIONSHIPS)
        if found.purpose == "officeDocument" and found.target in package.parts
    ]
    part = WordPart(package, names[0])
    if child(part.root, "w:body") is None:
        raise refusal("word_damaged")
    return part


def read_targets(package, name):
    """{id: Target} of the relationships of a part."""
    folder, _, file = name.rpartition("/")
    companion = f"{folder}/_rels/{file}.rels".lstrip("/")
    if companion not in package.parts:
        return {}
    targets = {}
    for element in parse(read_part(package, companion)).iterchildren(etree.Element):
        address = element.get("Target", "")
        is_external = element.get("TargetMode") == "External"
        if not is_external:
            address = fold_name(posixpath.join("/", folder, address.partition("#")[0]))
        purpose = element.get("Type", "").rpartition("/")[2]
        targets[element.get("Id", "")] = Target(purpose, address, is_external)
    return targets
