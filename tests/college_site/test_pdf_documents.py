"""PDFs of staff: what of them is published, which stay as they are, which are refused."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from college_site.uploads.documents import DocumentFormField
from college_site.uploads.pdf import streams as pdf_streams
from tests import factories
from tests.college_site.test_documents import clean, refusal
from tests.pdf_corpus import CASES, CORPUS
from tests.pdf_pictures import differing_dots


def telltale_pdf(**options):
    """A PDF that names its author in both places."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(factories.pdf_bytes())) as made:
        made.docinfo["/Author"] = "secret-author"
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = ["secret-creator"]
        for key, value in options.items():
            made.Root[f"/{key}"] = value
        made.save(buffer)
    return buffer.getvalue()


XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="secret-program"><!-- secret-comment -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmp:CreatorTool="secret-tool"
 pdfaid:part="2" pdfaid:conformance="A" pdfuaid:part="1">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Устав</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>secret-creator</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>ru</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def accessible_pdf(xmp=XMP):
    """A PDF/A with a title, a language and a structure for screen readers."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(factories.pdf_bytes())) as made:
        made.docinfo["/Author"] = made.docinfo["/Producer"] = "secret-author"
        made.docinfo["/Title"] = "Устав техникума"
        made.Root.Metadata = pikepdf.Stream(made, xmp.encode())
        made.Root.Metadata.Type = pikepdf.Name.Metadata
        made.Root.Metadata.Subtype = pikepdf.Name.XML
        made.Root.Lang = "ru-RU"
        made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        made.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
        made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        made.save(buffer)
    return buffer.getvalue()


def test_the_author_is_removed_from_a_pdf():
    content = clean(telltale_pdf()).read()
    assert b"secret" not in content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert "/Info" not in document.trailer
        assert "/Metadata" not in document.Root
        assert len(document.pages) == 1


def test_title_language_and_structure_of_a_pdf_stay():
    with pikepdf.open(clean(accessible_pdf())) as document:
        assert dict(document.docinfo) == {"/Title": "Устав техникума"}
        assert document.Root.Lang == "ru-RU"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in document.Root


def test_of_the_metadata_of_a_pdf_only_what_helps_readers_stays():
    content = clean(accessible_pdf()).read()
    assert b"secret" not in content
    with pikepdf.open(io.BytesIO(content)) as document:
        xmp = document.open_metadata()
        assert xmp.pdfa_status == "2A"
        assert dict(xmp) == {
            "{http://purl.org/dc/elements/1.1/}title": "Устав",
            "{http://purl.org/dc/elements/1.1/}language": {"ru"},
            "{http://www.aiim.org/pdfa/ns/id/}part": "2",
            "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
            "{http://www.aiim.org/pdfua/ns/id/}part": "1",
        }
        assert "/Filter" not in document.Root.Metadata  # PDF/A-1 permits none here


def test_metadata_of_a_real_pdf_a_stays():
    content = clean(CASES["pdfa_title"]).read()
    assert b"Ivanov" not in content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.open_metadata().pdfa_status == "2B"
        assert document.open_metadata()["dc:title"] == "Положение"
        assert document.docinfo["/Title"] == "Положение о наставничестве"


@pytest.mark.parametrize("xmp", ["", "<secret", "<secret/>", '<!DOCTYPE a [<!ENTITY b "secret">]>'])
def test_damaged_metadata_is_removed(xmp):
    assert b"secret-" not in clean(accessible_pdf(xmp)).read()


@pytest.mark.parametrize("lead", [b"\xef\xbb\xbf", b"\r\n", b"Content-Type: application/pdf\n\n"])
def test_what_precedes_the_header_of_a_pdf_is_removed(lead):
    document = clean(lead + factories.pdf_bytes(pages=2))
    assert (document.kind, document.pages) == ("pdf", 2)
    assert document.read().startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["form_filled", "annotations_stamp", "hidden_layer"])
def test_forms_notes_and_layers_of_a_document_stay(name):
    assert differing_dots(CASES[name], clean(CASES[name]).read()) == 0
    with pikepdf.open(clean(CASES[name])) as document:
        assert "/Annots" in document.pages[0] or "/OCProperties" in document.Root


def test_a_signed_pdf_is_stored_unchanged():
    signed = telltale_pdf(AcroForm=pikepdf.Dictionary(SigFlags=3))
    assert clean(signed).read() == signed


@pytest.mark.parametrize("content", [CASES["signed_no_sigflags"], CORPUS["visible signature"]])
def test_a_signature_without_flags_is_a_signature(content):
    assert clean(content).read() == content


def test_a_field_that_awaits_its_signature_is_none():
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="s")
    unsigned = telltale_pdf(AcroForm=pikepdf.Dictionary(Fields=[field]))
    assert b"secret" not in clean(unsigned).read()


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 <script>", b"%PDF-1.7\n", factories.pdf_bytes(pages=0)]
)
def test_a_pdf_without_pages_is_refused(data):
    assert refusal(data) == "document_damaged"


def test_a_pdf_with_a_password_is_refused_with_advice():
    locked = factories.pdf_bytes(encryption=pikepdf.Encryption(user="a", owner="b"))
    with pytest.raises(ValidationError, match="Снимите пароль"):
        clean(locked)


def test_a_pdf_stream_that_decompresses_too_large_is_refused():
    mode = pikepdf.ObjectStreamMode.generate
    swelling = factories.pdf_bytes(pages=90, object_stream_mode=mode)
    previous = pikepdf.settings.set_qpdf_limits(flate_max_memory=2000)
    try:
        assert refusal(swelling) == "document_damaged"
    finally:
        pikepdf.settings.set_qpdf_limits(**previous)
    assert previous["flate_max_memory"] == pdf_streams.MOST_IN_STREAM
    assert clean(swelling).pages == 90


def test_metadata_of_a_pdf_is_read_in_the_sandbox():
    document = DocumentFormField().to_python(SimpleUploadedFile("plan", accessible_pdf()))
    with pikepdf.open(document) as opened:
        assert opened.open_metadata()["dc:title"] == "Устав"
