"""PDFs of one page with what a test puts on it."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

SIDE = 300  # points
BOX = b"0 0 1 rg 0 0 100 40 re f 1 1 1 rg 10 10 30 20 re f"


def page_pdf(change=None, content=b"0.8 g 20 20 260 5 re f", **keys):
    """A PDF of one page with this content; `change` is a function of document and page."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(SIDE, SIDE)).obj
        page.Contents = document.make_stream(content)
        page.Resources = Dictionary(Font=Dictionary(F=font()))
        for key, value in keys.items():
            page[f"/{key}"] = value
        if change:
            change(document, page)
        buffer = io.BytesIO()
        document.save(buffer, compress_streams=False)
        return buffer.getvalue()


def font(encoding=Name.WinAnsiEncoding):
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=encoding
    )


def drawing(document, content=BOX, box=(0, 0, 100, 40), **keys):
    """A form XObject."""
    stream = document.make_stream(content)
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array(box)
    stream.Resources = Dictionary(Font=Dictionary(F=font()))
    for key, value in keys.items():
        stream[f"/{key}"] = value
    return stream


def annotation(document, subtype="/Stamp", rect=(50, 100, 150, 140), appearance=None, **keys):
    item = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=Array(rect), F=4)
    if appearance is not None:
        item.AP = Dictionary(N=appearance)
    for key, value in keys.items():
        item[f"/{key}"] = value
    return document.make_indirect(item)


def with_annotations(make, **keys):
    """A PDF with the annotations that a function of the document returns."""

    def change(document, page):
        page.Annots = Array(make(document))

    return page_pdf(change, **keys)


def noted_pdf():
    """A PDF with a note in a window of its own, which no page can show."""
    return with_annotations(lambda document: [annotation(document, "/Text", Contents="Здесь")])


def stamp(document, rect=(50, 100, 150, 140), matrix=(1, 0, 0, 1, 0, 0), **keys):
    return annotation(
        document, rect=rect, appearance=drawing(document, Matrix=Array(matrix)), **keys
    )


def with_fields(*fields, is_stale=True, fonts=None):
    """A PDF with form fields, each a dictionary of keys of its widget."""

    def change(document, page):
        widgets = [
            annotation(document, "/Widget", T=f"f{number}", **keys)
            for number, keys in enumerate(fields)
        ]
        for widget in widgets:
            if isinstance(state := widget.get("/AP"), Dictionary):
                widget.AP = document.make_indirect(state)
        page.Annots = Array(widgets)
        document.Root.AcroForm = Dictionary(
            Fields=Array(widgets),
            DA="/Helv 0 Tf 0 g",
            DR=Dictionary(Font=fonts or Dictionary(Helv=font())),
            NeedAppearances=is_stale,
        )

    return page_pdf(change)


def text_field(value, **keys):
    return {"FT": Name.Tx, "V": value, "DA": "/Helv 12 Tf 0 g", **keys}
