"""Notes of readers in a PDF and the metadata of its photographs: what they tell, removing them."""

from contextlib import suppress

import pikepdf
from django.core.exceptions import ValidationError

from college_site.uploads.pdf.streams import PHOTOGRAPHS, as_list, strip_photograph, unpack

NOTES = {"/Text", "/Caret", "/Redact", "/FileAttachment", "/Sound"}  # shown only when opened
DRAWINGS = {"/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Line"}
DRAWINGS |= {"/Square", "/Circle", "/Polygon", "/PolyLine"}  # which may have a note, too
LETTERING = {"/FreeText", "/Stamp"}  # whose contents are what they show
TELLTALE_KEYS = {"/T", "/RC", "/Popup", "/Subj", "/CreationDate", "/M", "/NM"}
EDITORS_KEYS = {"/Metadata", "/PieceInfo"}


def annotations(document):
    """(page, annotation) of each that has a subtype."""
    for page in document.pages:
        for item in as_list(page.obj.get("/Annots")):
            if isinstance(item, pikepdf.Dictionary) and "/Subtype" in item:
                yield page, item


def note_annotations(document, findings):
    """Count the notes of readers and note who wrote them and what."""
    for _, item in annotations(document):
        kind, text = item.Subtype, str(item.get("/Contents", ""))
        if kind in NOTES or (kind in DRAWINGS and text):
            findings.comments += 1
            findings.authors |= dict.fromkeys([str(item.get("/T", ""))])
            findings.quote(text)


def remove_notes(document):
    """Remove the notes of readers; what they have drawn stays, without their names."""
    for page in document.pages:
        items = as_list(page.obj.get("/Annots"))
        left = [item for item in items if not is_note(item)]
        for item in left:
            strip_note(item)
        if len(left) < len(items):
            page.obj.Annots = pikepdf.Array(left)


def is_note(item):
    is_annotation = isinstance(item, pikepdf.Dictionary)
    return is_annotation and item.get("/Subtype") in NOTES | {"/Popup"}


def strip_note(item):
    """Delete what an annotation tells besides what it draws."""
    if not isinstance(item, pikepdf.Dictionary):
        return
    kind = item.get("/Subtype")
    if kind in DRAWINGS | LETTERING:
        keys = TELLTALE_KEYS if kind in LETTERING else TELLTALE_KEYS | {"/Contents"}
        for key in keys & set(item.keys()):
            del item[key]


def strip_photographs(document):
    """Remove the metadata of photographs, such as where they were taken."""
    for stream in document.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Subtype") != "/Image":
            continue
        for key in EDITORS_KEYS & set(stream.keys()):
            del stream[key]
        names = as_list(stream.get("/Filter"))
        if names and names[-1] in PHOTOGRAPHS:
            # A damaged photograph stays: nothing shows it.
            with suppress(ValidationError, pikepdf.PdfError):
                strip_photograph(stream, unpack(document, stream, names[:-1]))
