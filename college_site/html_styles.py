"""Turns styles of foreign HTML into elements, before the sanitiser drops them.

The editor does the same with what is pasted (static/js/admin/editor/paste.js); this is for every
other way into the database.
"""

import re
from html import escape
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
NAMES = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
BLOCKS = {
    "blockquote",
    "body",
    "center",
    "div",
    "html",
    "li",
    "ol",
    "table",
    "td",
    "th",
    "tr",
    "ul",
}
HEADING_CLASS = re.compile(r"Mso(?:Title|(Subtitle)|Heading ?(\d))$")
BOLD = re.compile(r"bold|[6-9]\d\d|1000")
COMMENT_CLASSES = {"MsoDel", "MsoCommentReference", "msocomtxt", "msocomanchor"}


def convert_styles(html):
    """The HTML with <strong>, <em>, <sup> and <sub> for styles, without hidden and deleted text."""
    converter = StyleConverter()
    converter.feed(html)
    converter.close()
    return "".join(converter.output)


class StyleConverter(HTMLParser):
    """Copies what it reads; `open` has the name of each open element and what ends it."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.output, self.open, self.hidden_depth = [], [], 0

    def write(self, html):
        if not self.hidden_depth:
            self.output.append(html)

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        if tag in VOID:
            self.write(self.get_starttag_text())
            return
        style = parse_style(attributes.pop("style", ""))
        hides = is_hidden(tag, attributes, style)
        self.hidden_depth += hides
        names = list_elements(name_element(tag, attributes), style)
        inner = "".join(f"<{name}>" for name in names[1:])
        self.write(f"<{names[0]}{render_attributes(attributes)}>{inner}" if names else "")
        self.open.append((tag, "".join(f"</{name}>" for name in reversed(names)), hides))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in (name for name, _, _ in self.open):
            return
        while self.open:
            name, ending, hides = self.open.pop()
            self.write(ending)
            self.hidden_depth -= hides
            if name == tag:
                return

    def handle_data(self, data):
        self.write(data)

    def handle_entityref(self, name):
        self.write(f"&{name};")

    def handle_charref(self, name):
        self.write(f"&#{name};")


def parse_style(text):
    rules = (rule.partition(":") for rule in text.lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in rules}


def is_hidden(tag, attributes, style):
    """Whether nobody saw it where it was copied: deleted, a comment, not displayed."""
    return (
        tag in ("del", "script", "style", "title", "template", "noscript")
        or "hidden" in attributes
        or not COMMENT_CLASSES.isdisjoint(attributes.get("class", "").split())
        or style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") in ("all", "screen")
        or style.get("mso-element", "").startswith("comment")
    )


def name_element(tag, attributes):
    """What the editor calls the element; Word has paragraphs in styles for headings."""
    if tag == "p" and (heading := HEADING_CLASS.match(attributes.get("class", ""))):
        return "h3" if heading[1] or int(heading[2] or 1) > 2 else "h2"
    return NAMES.get(tag, tag)


def list_elements(name, style):
    """The element and those that its style stands for, from the outside; none for a false bold."""
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    is_bold, is_italic = bool(BOLD.match(weight)), slant in ("italic", "oblique")
    if (name == "strong" and weight and not is_bold) or (name == "em" and slant and not is_italic):
        return []
    if name in BLOCKS:
        return [name]
    position = {"super": "sup", "sub": "sub"}.get(style.get("vertical-align"))
    inner = ["strong"] * is_bold + ["em"] * is_italic + [position] * bool(position)
    is_heading = name in ("h2", "h3")
    return [name, *(one for one in inner if one != name and not (is_heading and one == "strong"))]


def render_attributes(attributes):
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
