"""A strict HTML parser: a tree of elements and the nesting errors of a page."""

import re
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"}
BLOCKS = set(
    """
    address article aside blockquote div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header
    hr li main nav ol p pre section table ul
    """.split()
)
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "b", "small", "strong", "em", "button"}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "figcaption": {"figure"},
    "source": {"picture"},
    "legend": {"fieldset"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}


def flat(html):
    """The HTML on one line, without white space at the inner edges of elements."""
    line = re.sub(r"[ \t\n\f\r]+", " ", html)
    return re.sub(r"(<[a-z][^<>]*>) | (?=</)", r"\1", line)


class Element:
    """An element of a parsed page; children are Elements and strings."""

    def __init__(self, name, attributes, parent):
        self.name, self.attributes, self.parent = name, attributes, parent
        self.children = []

    def __getitem__(self, attribute):
        return self.attributes[attribute]

    def get(self, attribute, default=None):
        return self.attributes.get(attribute, default)

    def ancestors(self):
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def all(self, *names):
        """Yield the descendants with one of these names (all without names), in document order."""
        for child in self.children:
            if isinstance(child, Element):
                if not names or child.name in names:
                    yield child
                yield from child.all(*names)

    def text(self):
        """The text content with collapsed white space."""
        parts = [child if isinstance(child, str) else child.text() for child in self.children]
        return " ".join(" ".join(parts).split())


class Markup(HTMLParser):
    """A parsed page; `root` is an Element, `problems` are sentences about invalid nesting."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.root = self.current = Element("", {}, None)
        self.problems = []
        self.feed(html)
        self.close()
        if self.current is not self.root:
            self.problems.append(f"<{self.current.name}> is never closed")

    def handle_starttag(self, name, attributes):
        if len({attribute for attribute, _ in attributes}) < len(attributes):
            self.problems.append(f"<{name}> has an attribute twice")
        element = Element(name, dict(attributes), self.current)
        self.check(element)
        self.current.children.append(element)
        if name not in VOID:
            self.current = element

    def check(self, element):
        name, parent = element.name, element.parent.name
        above = [ancestor.name for ancestor in element.ancestors()]
        if name in PARENTS and parent not in PARENTS[name]:
            self.problems.append(f"<{name}> in <{parent}>")
        if parent in ("ul", "ol") and name != "li":
            self.problems.append(f"<{name}> in <{parent}>")
        if name in BLOCKS and PHRASING_ONLY & set(above):
            self.problems.append(f"<{name}> in {above}")
        if name in ("a", "button", "form", "main") and name in above:
            self.problems.append(f"<{name}> within <{name}>")
        if name in ("a", "button", "input", "select", "textarea") and {"a", "button"} & set(above):
            self.problems.append(f"<{name}> within a link or a button")

    def handle_startendtag(self, name, attributes):
        self.handle_starttag(name, attributes)
        if any(ancestor.name == "svg" for ancestor in self.current.ancestors()):
            self.handle_endtag(name)  # in SVG a slash ends an element

    def handle_endtag(self, name):
        if name != self.current.name:
            self.problems.append(f"</{name}> closes <{self.current.name}>")
            return
        self.current = self.current.parent

    def handle_data(self, data):
        self.current.children.append(data)
