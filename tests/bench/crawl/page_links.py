"""Finds the links and forms of a page."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ORIGIN = "http://localhost"
WORDS = "Поставьте, пожалуйста, лавочки во дворе учебного корпуса: сидеть негде."
LINKS = re.compile(
    rf"{ORIGIN}(?P<absolute>/[^\s\"'<>)\\]*)"
    r"|(?:href|src|poster|data-[\w-]+|content)=\"(?P<value>[/?.][^\"\s]*)\""
    r"|srcset=\"(?P<srcset>[^\"]*)\""
    r"|url\([\"']?(?P<url>[^\"')]+)"
    r"|(?:from|import)\s*\(?[\"'](?P<module>\.{0,2}/[^\"']+)"
    r"|\"(?:src|url)\": ?\"(?P<json>/[^\"]*)\""
)


def links(address, text):
    """Yield the site's own URL paths in a text, in their order."""
    for match in LINKS.finditer(text):
        group = match.lastgroup
        parts = [part.split()[0] for part in match[group].split(",") if part.strip()]
        for part in parts if group == "srcset" else [match[group]]:
            link = urlsplit(urljoin(f"{ORIGIN}{address}", html.unescape(part)))
            if f"{link.scheme}://{link.netloc}" == ORIGIN:
                yield link._replace(scheme="", netloc="", fragment="").geturl()


class Form:
    """A form: target, hidden fields, choices, names of text areas and file fields."""

    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").lower()
        self.hidden, self.choices, self.texts, self.files = {}, {}, [], []

    def entries(self, words=WORDS, **changes):
        """POST data: hidden fields, the first of each choice, `words` in each text area."""
        chosen = {name: values[0] for name, values in self.choices.items()}
        return {**self.hidden, **chosen, **dict.fromkeys(self.texts, words), **changes}


class Forms(HTMLParser):
    """Parses the forms of a page."""

    def __init__(self, response):
        super().__init__()
        self.forms, self.current, self.select = [], None, None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        name = attributes.get("name", "")
        if tag == "form":
            self.current = Form(attributes)
            self.forms.append(self.current)
        elif self.current is None:
            return
        elif tag == "select":
            self.select = name
        elif tag == "option" and attributes.get("value") and self.select:
            self.current.choices.setdefault(self.select, []).append(attributes["value"])
        elif tag == "textarea":
            self.current.texts.append(name)
        elif tag == "input":
            self.read_input(name, attributes)

    def read_input(self, name, attributes):
        kind, value = attributes.get("type", "text"), attributes.get("value", "")
        if kind == "radio":
            self.current.choices.setdefault(name, []).append(value)
        elif kind == "file":
            self.current.files.append(name)
        elif kind not in ("checkbox", "submit") or "checked" in attributes:
            self.current.hidden[name] = value

    def handle_endtag(self, tag):
        if tag == "form":
            self.current = None
        elif tag == "select":
            self.select = None


def forms(response, action=""):
    """The POST forms of a page whose action ends with `action`."""
    found = Forms(response).forms
    return [form for form in found if form.method == "post" and form.action.endswith(action)]


def action_forms(address, response):
    """Pairs of a target and a form: the author's actions on a page."""
    found = [form for form in forms(response) if not form.action.endswith("leave/")]
    return [(urljoin(address, form.action), form) for form in found]
