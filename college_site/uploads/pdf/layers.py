"""Removes from a PDF what is on hidden layers (optional content, ISO 32000-1, 8.11).

Whether a layer is visible follows PDFium, the viewer in Chrome: what a visitor did not see there
must not become readable in the cleaned copy. Runs in the sandbox (sandbox_process.py).
"""

from itertools import chain

import pikepdf

from college_site.uploads.pdf.streams import DICTIONARIES, array_in, dictionary_in

MOST_NESTED = 32  # levels of a visibility expression
TEXT_OR_IMAGE = {b"Tj", b"TJ", b"Do", b"sh", b"BI", b"ID", b"EI"}
PATHS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"}


def remove_hidden_content(document):
    """Remove what no layer shows; what remains is visible with or without layers."""
    if "/OCProperties" not in document.Root:
        return
    layers = Layers(dictionary_in(document.Root, "/OCProperties"))
    for page in document.pages:
        remove_hidden_annotations(page.obj, layers)
    changes = [remove_hidden_drawing(owner, layers) for owner in content_owners(document)]
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and not layers.is_visible(item.get("/OC")):
            make_blank(item)
    if any(changes):
        document.remove_unreferenced_resources()


class Layers:
    """Which optional content the document shows when it is opened."""

    def __init__(self, properties):
        config = dictionary_in(properties, "/D")
        self.is_on = config.get("/BaseState") != "/OFF"
        self.on, self.off = (
            {group.objgen for group in array_in(config, key) if isinstance(group, DICTIONARIES)}
            for key in ("/ON", "/OFF")
        )

    def is_visible(self, content, level=0):
        """Whether a group or membership dictionary, or None, is shown."""
        if not isinstance(content, pikepdf.Dictionary) or level > MOST_NESTED:
            return True
        if content.get("/Type") != "/OCMD":
            return self.shows_group(content)
        if isinstance(expression := content.get("/VE"), pikepdf.Array):
            return self.evaluate(expression, level + 1)
        groups = content.get("/OCGs")
        if isinstance(groups, pikepdf.Dictionary):
            return self.is_visible(groups, level + 1)
        groups = [item for item in array_in(content, "/OCGs") if item is not None]
        states = [self.is_visible(group, level + 1) for group in groups]
        policies = {
            "/AllOn": all(states),
            "/AnyOff": not all(states),
            "/AllOff": not any(states),
        }
        return not states or policies.get(str(content.get("/P")), any(states))

    def shows_group(self, group):
        intents = group.get("/Intent", pikepdf.Name.View)
        intents = intents if isinstance(intents, pikepdf.Array) else [intents]
        if not {"/View", "/All"} & set(map(str, intents)):
            return True
        usage = dictionary_in(dictionary_in(group, "/Usage"), "/View").get("/ViewState")
        if usage is not None:
            return usage != "/OFF"
        if group.objgen in self.off:
            return False
        return self.is_on or group.objgen in self.on

    def evaluate(self, expression, level):
        """The value of a visibility expression: [/And …], [/Or …] or [/Not …]."""
        if level > MOST_NESTED or not len(expression):
            return False
        states = [
            self.evaluate(item, level + 1)
            if isinstance(item, pikepdf.Array)
            else self.is_visible(item, level + 1)
            for item in list(expression)[1:]
        ]
        operators = {"/And": all(states), "/Or": any(states), "/Not": not any(states)}
        return bool(states) and operators.get(str(expression[0]), False)


def remove_hidden_annotations(page, layers):
    annotations = [item for item in array_in(page, "/Annots") if isinstance(item, DICTIONARIES)]
    page.Annots = pikepdf.Array(
        [item for item in annotations if layers.is_visible(item.get("/OC"))]
    )


def content_owners(document):
    """Everything that has drawing operators and resources of its own."""
    yield from (page.obj for page in document.pages)
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and "/Resources" in item:
            yield item


def remove_hidden_drawing(owner, layers):
    """Remove the operators that draw on hidden layers; returns whether there are such layers."""
    properties = dictionary_in(dictionary_in(owner, "/Resources"), "/Properties")
    hidden = {name for name, group in properties.items() if not layers.is_visible(group)}
    if not hidden:
        return False
    page = pikepdf.Page(owner)
    if isinstance(owner, pikepdf.Stream):
        owner.write(page.get_filtered_contents(HiddenContentFilter(hidden)))
    else:
        page.contents_coalesce()
        owner.Contents.write(page.get_filtered_contents(HiddenContentFilter(hidden)))
    return True


def make_blank(stream):
    """Turn an image or a form into a form that draws nothing."""
    for key in set(stream.keys()) - {"/Length"}:
        del stream[key]
    stream.write(b"")
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = [0, 0, 0, 0]


class HiddenContentFilter(pikepdf.TokenFilter):
    """Keeps the graphics state of a hidden section and leaves out what it paints."""

    def __init__(self, hidden):
        super().__init__()
        self.hidden = hidden
        self.operands = []
        self.marks = []  # of each open section: whether it is hidden

    def handle_token(self, token):
        self.operands.append(token)
        if token.type_ not in (pikepdf.TokenType.word, pikepdf.TokenType.eof):
            return None
        *operands, operator = self.operands
        self.operands = []
        return self.finish_operator(operands, operator)

    def finish_operator(self, operands, operator):
        """The tokens to write for an operator with its operands."""
        name = operator.raw_value
        if name in (b"BMC", b"BDC"):
            return self.open_section(operands, operator)
        if name == b"EMC" and self.marks:
            self.marks.pop()
        elif self.marks and self.marks[-1]:
            return without_painting(operands, operator)
        return [*operands, operator]

    def open_section(self, operands, operator):
        names = [item for item in operands if item.type_ == pikepdf.TokenType.name_]
        is_layer = len(names) == 2 and names[0].raw_value == b"/OC"
        is_hidden = is_layer and names[1].value in self.hidden
        self.marks.append(is_hidden or any(self.marks[-1:]))
        return [space(), names[0], space(), word(b"BMC")] if is_layer else [*operands, operator]


def without_painting(operands, operator):
    """The tokens of a hidden operator: what it paints goes, what it sets stays."""
    name = operator.raw_value
    if name in PATHS:
        return [space(), word(b"n")]
    if name == b"'":
        return [space(), word(b"T*")]
    if name == b'"':
        numbers = [item for item in operands if item.type_ != pikepdf.TokenType.space][:2]
        setters = zip(numbers, (word(b"Tw"), word(b"Tc")), strict=False)
        spaced = [space(), *chain.from_iterable(setters), word(b"T*")]
        return list(chain.from_iterable((item, space()) for item in spaced))
    return [] if name in TEXT_OR_IMAGE else [*operands, operator]


def space():
    return pikepdf.Token(pikepdf.TokenType.space, b"\n")


def word(name):
    return pikepdf.Token(pikepdf.TokenType.word, name)
