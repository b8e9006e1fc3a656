"""A published PDF tells nobody's secrets: notes of readers, places of photographs."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from college_site.uploads.staff_document_cleaning import rewrite_document
from tests.college_site.test_images import encode, exif_with_location, gradient


def annotated(*items, photograph=None, **root):
    """A PDF of one page with these annotations, given as dictionaries."""
    buffer = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(100, 100))
        page.obj.Annots = made.make_indirect(
            pikepdf.Array([made.make_indirect(pikepdf.Dictionary(item)) for item in items])
        )
        fields = [item for item in page.obj.Annots if item.Subtype == "/Widget"]
        if fields:
            made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        if photograph:
            picture = made.make_stream(photograph, Subtype=pikepdf.Name.Image)
            picture.Filter = pikepdf.Name.DCTDecode
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        for key, value in root.items():
            made.Root[f"/{key}"] = value
        made.save(buffer)
    return buffer.getvalue()


def note(subtype, **entries):
    entries = {f"/{key}": pikepdf.String(value) for key, value in entries.items()}
    return {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name(f"/{subtype}"), **entries}


def cleaned(data, **options):
    """The annotations of the first page of what is published, and all of its bytes."""
    content, _, _ = rewrite_document(io.BytesIO(data), **options)
    with pikepdf.open(io.BytesIO(content)) as document:
        found = [dict(item.items()) for item in document.pages[0].obj.get("/Annots", [])]
        return [{key: str(value) for key, value in item.items()} for item in found]


NOTES = {
    "a sticky note": note("Text", T="Анна Тайная", Contents="не показывать"),
    "a highlight with a note": note("Highlight", T="Анна Тайная", Contents="не показывать"),
    "a line drawn with a note": note("Ink", T="Анна Тайная", Contents="не показывать"),
    "a mark to insert a word": note("Caret", T="Анна Тайная", Contents="не показывать"),
}


@pytest.mark.parametrize("item", NOTES.values(), ids=NOTES)
def test_notes_are_shown_to_the_uploader_and_removed(item):
    data = annotated(item)
    with pytest.raises(ValidationError, match=r"Анна Тайная.*«не показывать»") as caught:
        rewrite_document(io.BytesIO(data))
    assert caught.value.code == "document_tells"
    left = cleaned(data, accept_changes=True)
    assert "Анна" not in str(left)
    assert "показывать" not in str(left)
    assert len(left) == (item["/Subtype"] in ("/Highlight", "/Ink"))


def test_links_and_fields_are_no_notes():
    field = note("Widget", T="Фамилия")
    link = note("Link", Contents="Правила приёма")
    assert [item["/Subtype"] for item in cleaned(annotated(field, link))] == ["/Widget", "/Link"]


@pytest.mark.parametrize("subtype", ["FreeText", "Stamp"])
def test_words_put_on_a_page_stay_without_the_name(subtype):
    (left,) = cleaned(annotated(note(subtype, T="Анна Тайная", Contents="Утверждаю")))
    assert left["/Contents"] == "Утверждаю"
    assert "/T" not in left


def test_a_highlight_without_a_note_stays_without_the_name():
    (left,) = cleaned(annotated(note("Highlight", T="Анна Тайная")))
    assert left["/Subtype"] == "/Highlight"
    assert "/T" not in left


def test_a_signed_pdf_with_notes_has_to_be_replaced():
    data = annotated(NOTES["a sticky note"], AcroForm=pikepdf.Dictionary(SigFlags=3))
    with pytest.raises(ValidationError, match="подписан"):
        rewrite_document(io.BytesIO(data), accept_changes=True)


def test_a_photograph_inside_loses_its_metadata_and_no_pixel():
    photograph = encode(gradient(), exif=exif_with_location(), comment=b"secret")
    content, _, _ = rewrite_document(io.BytesIO(annotated(photograph=photograph)))
    with pikepdf.open(io.BytesIO(content)) as document:
        left = document.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
    assert b"secret" not in left
    assert Image.open(io.BytesIO(left)).tobytes() == Image.open(io.BytesIO(photograph)).tobytes()


def test_a_damaged_photograph_inside_refuses_no_pdf():
    _, kind, pages = rewrite_document(io.BytesIO(annotated(photograph=b"\xff\xd8\xffzz")))
    assert (kind, pages) == ("pdf", 1)
