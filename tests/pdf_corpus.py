"""PDFs of one page that show the same after cleaning: forms, notes, layers, filters."""

import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.pdf_factories import annotation, drawing, font, page_pdf, stamp, with_annotations

# Made after public reports about other sites, with invented content.
CASES = {
    path.stem: path.read_bytes() for path in (Path(__file__).parent / "cases" / "pdf").glob("*.pdf")
}
HIDDEN = "sekret"

# Annotations --------------------------------------------------------------------------------------


def turned_stamps(document):
    return [
        stamp(document, (50, 50, 90, 150), (0, 1, -1, 0, 40, 0)),
        stamp(document, (150, 50, 250, 150), (0.7, 0.7, -0.7, 0.7, 0, 0)),
    ]


def unbounded_stamp(document):
    item = stamp(document)
    del item.AP.N.BBox
    return [item]


SHAPES = {
    "highlight": ("/Highlight", {"QuadPoints": [50, 140, 150, 140, 50, 100, 150, 100]}),
    "underline": ("/Underline", {"QuadPoints": [50, 140, 150, 140, 50, 100, 150, 100]}),
    "strike out": ("/StrikeOut", {"QuadPoints": [50, 140, 150, 140, 50, 100, 150, 100]}),
    "square": ("/Square", {"IC": [1, 1, 0], "BS": Dictionary(W=4)}),
    "circle": ("/Circle", {"IC": [1, 1, 0], "BS": Dictionary(W=4)}),
    "ink": ("/Ink", {"InkList": [[55, 105, 100, 135, 145, 105]]}),
}


def shape(name):
    subtype, keys = SHAPES[name]
    arrays = {
        key: Array(value) if isinstance(value, list) else value for key, value in keys.items()
    }
    return with_annotations(
        lambda document: [annotation(document, subtype, C=Array([1, 0, 0]), **arrays)]
    )


# Forms --------------------------------------------------------------------------------------------


def button_states(document):
    return Dictionary(Yes=drawing(document), Off=drawing(document, b"1 0 0 RG 1 1 98 38 re S"))


def ticked_boxes(document, page):
    """A ticked check box, an empty one and two radio buttons."""
    states = button_states(document)
    places = [(20, 200), (20, 150), (150, 200), (150, 150)]
    widgets = [annotation(document, "/Widget", (x, y, x + 100, y + 40), states) for x, y in places]
    for number, widget in enumerate(widgets):
        widget.AS = Name.Off if number % 2 else Name.Yes
    for widget in widgets[:2]:
        widget.FT, widget.T, widget.V = Name.Btn, str(widget.AS), widget.AS
    group = document.make_indirect(
        Dictionary(FT=Name.Btn, Ff=1 << 15, T="group", V=Name.Yes, Kids=Array(widgets[2:]))
    )
    widgets[2].Parent = widgets[3].Parent = group
    page.Annots = Array(widgets)
    document.Root.AcroForm = Dictionary(Fields=Array([*widgets[:2], group]))


def field_of_shared_fonts(document, page):
    """A field whose drawing takes its font from the form."""
    text = drawing(document, b"BT /Helv 20 Tf 5 10 Td 0 g (shared) Tj ET")
    del text.Resources
    widget = annotation(document, "/Widget", appearance=text, FT=Name.Tx, T="x", V="shared")
    page.Annots = Array([widget])
    fonts = Dictionary(Font=Dictionary(Helv=font()))
    document.Root.AcroForm = Dictionary(Fields=Array([widget]), DR=fonts)


def box_without_state(document, page):
    """A ticked check box that says so in its value alone."""
    keys = {"FT": Name.Btn, "T": "box", "V": Name.Yes}
    widget = annotation(document, "/Widget", appearance=button_states(document), **keys)
    page.Annots = Array([widget])
    document.Root.AcroForm = Dictionary(Fields=Array([widget]))


def visible_signature(document, page):
    inner = drawing(document)
    outer = drawing(document, b"/n2 Do", Resources=Dictionary(XObject=Dictionary(n2=inner)))
    value = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=b"0" * 20)
    widget = annotation(
        document, "/Widget", appearance=outer, FT=Name.Sig, T="s", V=document.make_indirect(value)
    )
    page.Annots = Array([widget])
    document.Root.AcroForm = Dictionary(Fields=Array([widget]))


# Layers -------------------------------------------------------------------------------------------

SHOWN_TEXT = b"BT /F 20 Tf 20 200 Td (shown) Tj ET\n"
HIDDEN_TEXT = f"BT /F 20 Tf 20 100 Td ({HIDDEN}) Tj ET\n".encode()


def layers(document, base="/ON"):
    """(shown, hidden) layers of a document."""
    shown, hidden = (
        document.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("a", "b")
    )
    document.Root.OCProperties = Dictionary(
        OCGs=Array([shown, hidden]),
        D=Dictionary(BaseState=Name(base), ON=Array([shown]), OFF=Array([hidden])),
    )
    if base == "/OFF":
        del document.Root.OCProperties.D.OFF
    return shown, hidden


def layer_pdf(membership, content=b"/OC /M BDC " + HIDDEN_TEXT + b"EMC " + SHOWN_TEXT, base="/ON"):
    """A PDF whose text is in a section of what `membership` makes of shown and hidden layer."""

    def change(document, page):
        shown, hidden = layers(document, base)
        page.Resources.Properties = Dictionary(
            M=membership(document, shown, hidden), S=shown, H=hidden
        )

    return page_pdf(change, content=content)


def member(policy, *which):
    """A membership dictionary over some of the layers."""
    return lambda document, *groups: document.make_indirect(
        Dictionary(Type=Name.OCMD, P=Name(policy), OCGs=Array([groups[number] for number in which]))
    )


def expression(make):
    return lambda document, shown, hidden: document.make_indirect(
        Dictionary(Type=Name.OCMD, VE=make(shown, hidden))
    )


def hidden_alone(document, shown, hidden):
    return hidden


def hidden_by_usage(document, shown, hidden):
    shown.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
    return shown


def meant_for_designers(document, shown, hidden):
    """A layer that is off but, by its intent, no matter of viewers."""
    hidden.Intent = Name.Design
    return hidden


def hidden_drawing(document, page):
    """A form XObject and an image that are on the hidden layer as a whole."""
    _, hidden = layers(document)
    image = document.make_stream(b"\0" * 3)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 1, 1
    image.ColorSpace, image.BitsPerComponent, image.OC = Name.DeviceRGB, 8, hidden
    text = drawing(document, HIDDEN_TEXT, (0, 0, 300, 300), OC=hidden)
    page.Resources.XObject = Dictionary(F=text, I=image, B=drawing(document))


def hidden_stamp(document, page):
    _, hidden = layers(document)
    page.Annots = Array([stamp(document, OC=hidden)])


def layer_in_form(document, page):
    """A hidden section within a form XObject, around another."""
    _, hidden = layers(document)
    text = drawing(document, HIDDEN_TEXT, (0, 0, 300, 300))
    resources = Dictionary(XObject=Dictionary(T=text), Properties=Dictionary(M=hidden))
    content = b"/OC /M BDC /T Do EMC 0 1 0 rg 5 5 20 20 re f"
    page.Resources.XObject = Dictionary(
        F=drawing(document, content, (0, 0, 300, 300), Resources=resources)
    )


def section_over_streams(document, page):
    """A hidden section that begins in one stream and ends in the next."""
    _, hidden = layers(document)
    page.Resources.Properties = Dictionary(M=hidden)
    parts = [b"/OC /M BDC /Span BMC " + HIDDEN_TEXT, b"EMC 0 0 9 9 re f EMC " + SHOWN_TEXT]
    page.Contents = Array([document.make_stream(part) for part in parts])


EVERY_OPERATOR = (
    b"/OC /M BDC 1 0 0 rg 30 30 50 50 re f 30 30 50 50 re W* S q 5 0 0 5 50 50 cm "
    b"BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q "
    b"BT /F 20 Tf 20 150 Td 25 TL (" + HIDDEN.encode() + b") Tj [(x) -20 (y)] TJ (z) ' "
    b"1 2 (w) \" ET EMC 200 200 40 40 re f BT 20 250 Td (kept) Tj (next) ' ET"
)

# Filters ------------------------------------------------------------------------------------------


def run_length(content):
    """The content in RunLengthDecode, all of it literal."""
    parts = [content[start : start + 128] for start in range(0, len(content), 128)]
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


def filtered(content, *filters):
    def change(document, page):
        page.Contents = pikepdf.Stream(document, content)
        page.Contents.Filter = Array([Name(name) for name in filters])

    return page_pdf(change)


PACKED = {
    "run length": filtered(run_length(SHOWN_TEXT), "/RunLengthDecode"),
    "hexadecimal": filtered(SHOWN_TEXT.hex().encode() + b">", "/ASCIIHexDecode"),
    "two filters": filtered(
        zlib.compress(run_length(SHOWN_TEXT)), "/FlateDecode", "/RunLengthDecode"
    ),
    "abbreviated": filtered(run_length(SHOWN_TEXT), "/RL"),
}

CORPUS = {
    "stamp": with_annotations(lambda document: [stamp(document)]),
    "turned stamps": with_annotations(turned_stamps),
    "stamps on a turned page": with_annotations(turned_stamps, Rotate=90),
    "stamps on a cropped page": with_annotations(turned_stamps, CropBox=[40, 40, 200, 260]),
    "stamp that does not turn": with_annotations(
        lambda document: [stamp(document, F=4 | 16)], Rotate=180
    ),
    "stamp without bounds": with_annotations(unbounded_stamp),
    "hidden stamp": with_annotations(lambda document: [stamp(document, F=2)]),
    "stamp for paper": with_annotations(lambda document: [stamp(document, F=4 | 32)]),
    "stamp for screens": with_annotations(lambda document: [stamp(document, F=0)]),
    "ticked boxes": page_pdf(ticked_boxes),
    "field of shared fonts": page_pdf(field_of_shared_fonts),
    "visible signature": page_pdf(visible_signature),
    **{name: shape(name) for name in SHAPES},
    "whole drawings": page_pdf(
        hidden_drawing, content=b"/F Do q 50 0 0 50 9 9 cm /I Do Q 1 0 0 1 9 200 cm /B Do"
    ),
    "layer in a form": page_pdf(layer_in_form, content=b"/F Do " + SHOWN_TEXT),
    "section over streams": page_pdf(section_over_streams),
    "every operator": layer_pdf(hidden_alone, EVERY_OPERATOR),
    "shown layer": layer_pdf(lambda document, shown, hidden: shown),
    "shown by any": layer_pdf(member("/AnyOn", 0, 1)),
    "shown by its intent": layer_pdf(meant_for_designers),
    "shown by a not": layer_pdf(expression(lambda a, b: Array([Name.Not, b]))),
    **PACKED,
}

HIDDEN_LAYERS = {
    "hidden layer": layer_pdf(hidden_alone),
    "hidden by the base state": layer_pdf(hidden_alone, base="/OFF"),
    "hidden by its usage": layer_pdf(hidden_by_usage),
    "all on": layer_pdf(member("/AllOn", 0, 1)),
    "any on": layer_pdf(member("/AnyOn", 1)),
    "any off": layer_pdf(member("/AnyOff", 0)),
    "all off": layer_pdf(member("/AllOff", 0, 1)),
    "and": layer_pdf(expression(lambda a, b: Array([Name.And, a, b]))),
    "nested": layer_pdf(
        expression(lambda a, b: Array([Name.Or, b, Array([Name.Not, Array([Name.And, a, a])])]))
    ),
    "hidden within shown": layer_pdf(
        hidden_alone, b"/OC /S BDC /OC /H BDC " + HIDDEN_TEXT + b"EMC EMC " + SHOWN_TEXT
    ),
    "whole drawings": CORPUS["whole drawings"],
    "layer in a form": CORPUS["layer in a form"],
    "section over streams": CORPUS["section over streams"],
    "every operator": CORPUS["every operator"],
}
