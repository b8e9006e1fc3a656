"""Draws form fields and annotations of a PDF into its pages, and tells what cannot be drawn.

Programs that fill in forms or add notes often leave the drawing of them to the viewer
(ISO 32000-1, 12.5 and 12.7); those drawings are made here. Runs in the sandbox
(sandbox_process.py).
"""

import pikepdf

from college_site.uploads.pdf.field_text import draw_check, draw_text, size_of
from college_site.uploads.pdf.shapes import draw_shape
from college_site.uploads.pdf.streams import DAMAGED, array_in, dictionary_in

MOST_NESTED = 32  # levels of a field's parents
INVISIBLE, HIDDEN, NO_VIEW, EVERY_FLAG = 1, 2, 32, 1023  # bits of /F
PUSH = 1 << 16  # a bit of /Ff
UNSEEN = ("/Link", "/Popup", "/PrinterMark", "/TrapNet")  # nothing to see, or not for readers
ATTACHMENT, MEDIA, NOTE = "вложенный файл", "видео или звук", "текст заметки"
SIGNATURE, FORM, FIELD, MARK = "электронная подпись", "данные формы XFA", "поле формы", "пометка"
NOT_DRAWN = {
    "/FileAttachment": ATTACHMENT,
    **dict.fromkeys(["/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"], MEDIA),
}
SAID_BY_DRAWING = ("/FreeText", "/Stamp")  # the /Contents of others are in a window of their own
MOST_TOLD = 300  # characters


def flatten(document):
    """Draw what is seen of annotations into the pages; returns what is lost, in words or ""."""
    form = dictionary_in(document.Root, "/AcroForm")
    lost = find_lost_in_document(document, form)
    is_stale = form.get("/NeedAppearances") is True
    for number, page in enumerate(document.pages, 1):
        annotations = [item for item in array_in(page, "/Annots") if is_seen(item)]
        page.Annots = pikepdf.Array(annotations)
        for annotation in annotations:
            is_drawn = complete_appearance(document, annotation, form, is_stale)
            if kind := find_loss(annotation, is_drawn):
                lost.setdefault(kind, set()).add(number)
    if "/NeedAppearances" in form:
        del form.NeedAppearances
    document.flatten_annotations("screen")
    return describe_lost(lost)


def is_seen(annotation):
    """Whether a viewer shows the annotation on the page."""
    if not isinstance(annotation, pikepdf.Dictionary) or annotation.get("/Subtype") in UNSEEN:
        return False
    flags = annotation.get("/F", 0)
    flags = flags & EVERY_FLAG if isinstance(flags, int) else 0
    annotation.F = flags & ~INVISIBLE  # which is only for kinds of annotations yet unknown
    return not flags & (HIDDEN | NO_VIEW)


def inherited(field, key, default=None):
    """The value of an entry that a form field may have from its parents."""
    for _ in range(MOST_NESTED):
        if not isinstance(field, pikepdf.Dictionary):
            break
        if key in field:
            return field[key]
        field = field.get("/Parent")
    return default


def complete_appearance(document, annotation, form, is_stale):
    """Give the annotation the drawing that it lacks; returns whether it has one now."""
    kind = inherited(annotation, "/FT") if annotation.get("/Subtype") == "/Widget" else None
    try:
        is_redrawn = is_stale and kind in ("/Tx", "/Ch") and inherited(annotation, "/V") is not None
        drawing = annotation.get("/AP", {}).get("/N")
        if drawing is not None and not is_redrawn:
            choose_state(annotation, drawing)
            complete_box(annotation, drawing)
            return True
        made = draw(document, annotation, kind, form)
    except DAMAGED:
        return False
    if made is not None:
        annotation.AP = pikepdf.Dictionary(N=document.make_indirect(made))
    return made is not None


def choose_state(annotation, drawing):
    """Let a check box say which of its drawings is its state, as viewers guess it."""
    if isinstance(drawing, pikepdf.Stream) or annotation.get("/AS") in drawing:
        return
    value = inherited(annotation, "/V")
    is_state = isinstance(value, pikepdf.Name) and value in drawing
    annotation.AS = value if is_state else pikepdf.Name.Off


def complete_box(annotation, drawing):
    """Give a drawing the bounds that it lacks: those of the annotation."""
    if isinstance(drawing, pikepdf.Stream) and "/BBox" not in drawing:
        drawing.BBox = pikepdf.Array([0, 0, *size_of(annotation)])


def draw(document, annotation, kind, form):
    """A drawing of the annotation as a form XObject; None if there is none to make."""
    if kind == "/Btn":
        return draw_button(document, annotation)
    if kind in ("/Tx", "/Ch"):
        value = shown_value(annotation, kind)
        flags = int(inherited(annotation, "/Ff", 0))
        style = str(inherited(annotation, "/DA", form.get("/DA", "")))
        return draw_text(
            document,
            annotation,
            value,
            style=style,
            fonts=form.get("/DR", {}).get("/Font", {}),
            align=int(inherited(annotation, "/Q", form.get("/Q", 0))),
            flags=flags if kind == "/Tx" else 0,
            cells=int(inherited(annotation, "/MaxLen", 0)),
        )
    if kind is None and annotation.get("/Subtype") == "/FreeText":
        return draw_text(
            document,
            annotation,
            str(annotation.get("/Contents", "")),
            style=str(annotation.get("/DA", "")),
            align=int(annotation.get("/Q", 0)),
        )
    return draw_shape(document, annotation) if kind is None else None


def draw_button(document, annotation):
    flags = int(inherited(annotation, "/Ff", 0))
    state = annotation.get("/AS", inherited(annotation, "/V"))
    if flags & PUSH:
        caption = str(annotation.get("/MK", {}).get("/CA", ""))
        return draw_text(document, annotation, caption, align=1)
    return draw_check(document, annotation, is_on=state not in (None, "/Off", ""))


def shown_value(annotation, kind):
    """The text that a field shows; of a choice what its options say for the value."""
    value = inherited(annotation, "/V", "")
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    values = [str(item) for item in (value if isinstance(value, pikepdf.Array) else [value])]
    if kind == "/Ch":
        options = inherited(annotation, "/Opt", [])
        pairs = [item for item in options if isinstance(item, pikepdf.Array) and len(item) == 2]
        names = {str(exported): str(name) for exported, name in map(list, pairs)}
        values = [names.get(item, item) for item in values]
    return "\n".join(values)


def find_lost_in_document(document, form):
    """{what is lost: set of pages} of what belongs to no page."""
    lost = {}
    if "/EmbeddedFiles" in dictionary_in(document.Root, "/Names"):
        lost[ATTACHMENT] = set()
    if "/XFA" in form and document.Root.get("/NeedsRendering") is True:
        lost[FORM] = set()
    return lost


def find_loss(annotation, is_drawn):
    """What of the annotation no drawing can say; "" if nothing."""
    subtype = str(annotation.get("/Subtype"))
    if subtype == "/Widget":
        return find_loss_of_field(annotation, is_drawn)
    if subtype in NOT_DRAWN:
        return NOT_DRAWN[subtype]
    has_comment = bool(str(annotation.get("/Contents", "")).strip())
    if has_comment and subtype not in SAID_BY_DRAWING:
        return NOTE
    return "" if is_drawn or subtype == "/Text" else MARK


def find_loss_of_field(annotation, is_drawn):
    has_value = inherited(annotation, "/V") not in (None, "/Off", "")
    if inherited(annotation, "/FT") == "/Sig":
        return SIGNATURE if has_value else ""
    return FIELD if has_value and not is_drawn else ""


def describe_lost(lost):
    """All kinds in words, each with its pages; at most MOST_TOLD characters."""
    parts = []
    for kind, pages in lost.items():
        numbers = ", ".join(map(str, sorted(pages)))
        parts.append(f"{kind} (стр.\u00a0{numbers})" if pages else kind)
    words = "; ".join(parts)
    return words if len(words) <= MOST_TOLD else words[: MOST_TOLD - 1] + "…"
