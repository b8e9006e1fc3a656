"""Compares two snapshots of the site byte by byte and as rendered by a browser.

White space is collapsed as in browsers: a run counts as one space and is dropped at the edges of
a block. A space added or removed between words or inline elements is a difference.
"""

import difflib
import json
import re
from collections import Counter
from html.parser import HTMLParser

SPACE = " \t\n\r\f"
RUN = re.compile(f"[{SPACE}]+")
BLOCKS = set(
    """
    html head body title meta link base noscript template address article aside blockquote
    caption col colgroup dd details dialog div dl dt fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre search
    section source summary table tbody td tfoot th thead tr track ul br circle defs desc ellipse
    g line path polygon polyline rect symbol use
    """.split()
)
ATOMIC = {"button", "select", "video", "audio", "object", "svg"}  # inline blocks
REPLACED = {"img", "input", "iframe", "embed"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
VOID |= {"track", "wbr"}
EXACT = {"pre", "textarea", "script", "style"}
EXACT_CLASSES = {"plain-text"}  # white-space: pre-line
WORD_LISTS = {"class", "rel", "srcset", "sizes", "d", "points", "aria-describedby", "headers"}
SHOWN = 40  # lines of differences of one answer


class Tokens(HTMLParser):
    """A page as a list of tags and texts without invisible white space."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tokens = []
        self.open = []  # (tag, whether its white space is preserved)
        self.after_space = True
        self.feed(page)
        self.close()
        self.end_line()

    @property
    def is_exact(self):
        return any(is_exact for _, is_exact in self.open)

    def end_line(self):
        """Remove the space at the end of a line, even within an inline element."""
        if self.after_space and not self.is_exact:
            for position in range(len(self.tokens) - 1, -1, -1):
                kind, text = self.tokens[position]
                if kind == "text":
                    if text.endswith(" "):
                        self.tokens[position] = (kind, text[:-1])
                    break
                if kind == "edge":
                    break
        self.after_space = True

    def handle_decl(self, declaration):
        self.tokens.append(("edge", f"<!{declaration.lower()}>"))

    def handle_comment(self, comment):
        self.tokens.append(("inline", f"<!--{comment.strip()}-->"))

    def handle_starttag(self, tag, attributes):
        self.add_tag(tag, start_text(tag, attributes))
        words = (dict(attributes).get("class") or "").split()
        if tag not in VOID:
            self.open.append((tag, tag in EXACT or bool(EXACT_CLASSES & set(words))))
        if tag in REPLACED or tag == "textarea":
            self.after_space = False
        elif tag in ATOMIC:
            self.after_space = True

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in ATOMIC:
            self.end_line()
        if tag in {name for name, _ in self.open}:
            while self.open.pop()[0] != tag:
                pass
        self.add_tag(tag, f"</{tag}>")
        if tag in ATOMIC or tag == "textarea":
            self.after_space = False

    def add_tag(self, tag, text):
        if tag in BLOCKS:
            self.end_line()
        is_edge = tag in BLOCKS or tag in ATOMIC or tag in REPLACED
        self.tokens.append(("edge" if is_edge else "inline", text))

    def handle_data(self, text):
        inside = self.open[-1][0] if self.open else ""
        if inside in ("script", "style"):
            self.tokens += [("edge", line) for line in canonical(text).split("\n")]
            return
        if self.is_exact:
            self.tokens.append(("text", text))
            self.after_space = False
            return
        text = RUN.sub(" ", text)
        if self.after_space:
            text = text.removeprefix(" ")
        if text:
            self.tokens.append(("text", text))
            self.after_space = text.endswith(" ")


def start_text(tag, attributes):
    parts = [tag]
    for name, value in attributes:
        if value is not None and name in WORD_LISTS:
            value = " ".join(value.split())
        parts.append(name if value is None else f"{name}={json.dumps(value, ensure_ascii=False)}")
    return f"<{' '.join(parts)}>"


def canonical(text):
    """JSON in a canonical format; other text stripped."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    except ValueError:
        return text.strip()


def visible_lines(body, content_type):
    """The body as lines that are equal for bodies of the same appearance."""
    if "html" in content_type:
        tokens = Tokens(body).tokens
        return [repr(text) if kind == "text" else text for kind, text in tokens if text]
    if "xml" in content_type:
        return RUN.sub(" ", re.sub(rf">[{SPACE}]+<", "><", body)).replace("><", ">\n<").split("\n")
    if "json" in content_type:
        return canonical(body).split("\n")
    return body.split("\n")


def parts(path):
    """The head of a snapshot's file as lines, its body, its content type."""
    head, _, body = path.read_bytes().decode().partition("\n\n")
    lines = head.split("\n")
    kinds = [line for line in lines if line.startswith("Content-Type: ")]
    return lines, body, kinds[0] if kinds else ""


def differences(old, new):
    """Pairs of a kind and lines: what differs between two answers."""
    (old_head, old_body, kind), (new_head, new_body, new_kind) = parts(old), parts(new)
    if old_head != new_head:
        yield "headers", diff(old_head, new_head)
    if old_body == new_body:
        return
    lines = diff(visible_lines(old_body, kind), visible_lines(new_body, new_kind))
    if lines:
        yield "visible", lines
    else:
        yield "bytes", diff(old_body.split("\n"), new_body.split("\n"))


def diff(old, new):
    return list(difflib.unified_diff(old, new, lineterm="", n=1))[2:]


def compare(old, new, show_bytes=False):
    """Print the differences; returns 1 if there are any except invisible white space, else 0."""
    names = [{path.name for path in folder.glob("*.txt")} for folder in (old, new)]
    counts = Counter()
    for name in sorted(names[0] ^ names[1]):
        kind = "missing" if name in names[0] else "additional"
        counts[kind] += 1
        print(f"{kind}: {name}")
    for name in sorted(names[0] & names[1]):
        for kind, lines in differences(old / name, new / name):
            counts[kind] += 1
            if kind == "bytes" and not show_bytes:
                continue
            print(f"{kind}: {name}")
            for line in lines[:SHOWN]:
                print(f"    {line[:300]}")
            if len(lines) > SHOWN:
                print(f"    … {len(lines) - SHOWN} more lines")
    print(f"{len(names[0] & names[1])} answers compared.")
    for kind in ("missing", "additional", "headers", "visible", "bytes"):
        print(f"{kind}: {counts[kind]}")
    return 1 if any(count for kind, count in counts.items() if kind != "bytes") else 0
