"""Uploaded documents: recognised by content, without macros, limited in size."""

import io
import struct
import zipfile
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from college_site.uploads import documents, staff_document_cleaning
from college_site.uploads.documents import DocumentFormField, clean_document
from college_site.uploads.staff_document_cleaning import document_kind
from tests import factories
from tests.factories import office_bytes


def parts(contents):
    """A ZIP archive of files; `contents` are bytes by file name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            file.writestr(name, content)
    return buffer.getvalue()


def archive(*names):
    """A ZIP archive of small files with these names."""
    return parts(dict.fromkeys(names, "x"))


def clean(data, name="plan"):
    return clean_document(ContentFile(data, name=name))


def refusal(data):
    with pytest.raises(ValidationError) as caught:
        clean(data)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (factories.pdf_bytes(), "pdf"),
        (office_bytes("docx"), "docx"),
        (office_bytes("xlsx"), "xlsx"),
        (office_bytes("pptx"), "pptx"),
    ],
)
def test_a_document_is_recognised_by_its_content(data, kind):
    assert clean(data, "x.exe").kind == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PD",
        b"x" * 1025 + b"%PDF-1.7",
        b"MZ\x90\0",
        b"<html>",
        b"{\\rtf1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04 and nothing more",
        archive(),
        archive("readme.txt"),
        archive("../word/document.xml"),
    ],
)
def test_other_files_are_refused(data):
    assert refusal(data) == "document_unknown"


def test_a_document_with_macros_is_refused():
    assert refusal(office_bytes(contents={"word/vbaProject.bin": "x"})) == "document_unknown"


def with_flag(data, offset, value):
    """The archive with two bytes of its central directory replaced."""
    start = data.index(b"PK\x01\x02") + offset
    return data[:start] + struct.pack("<H", value) + data[start + 2 :]


@pytest.mark.parametrize(
    "data",
    [
        with_flag(office_bytes(), 6, 99),
        with_flag(archive("\xff".encode("latin-1").decode("cp437") + "x"), 8, 0x800),
        office_bytes().replace(b"PK\x01\x02", b"PK\x09\x09"),
        office_bytes()[:-10],
    ],
    ids=["version of the future", "name in broken UTF-8", "no directory", "cut short"],
)
def test_a_damaged_archive_is_refused(data):
    assert refusal(data) == "document_unknown"


def test_an_archive_with_invalid_utf_8_names_is_refused():
    data = office_bytes(contents={"xxxx": "x"}).replace(b"xxxx", b"\xff\xfe\xff\xfe")
    start = data.rindex(b"PK\x01\x02") + 8
    assert refusal(data[:start] + struct.pack("<H", 0x800) + data[start + 2 :]) == (
        "document_unknown"
    )


def test_an_oversized_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(documents, "rewrite_document", pytest.fail)
    file = ContentFile(b"")
    file.size = documents.MAX_BYTES + 1
    with pytest.raises(ValidationError, match="принимаются до") as caught:
        clean_document(file)
    assert caught.value.code == "document_too_large"


def test_a_refusal_explains_what_to_do():
    with pytest.raises(ValidationError, match="Сохраните документ как PDF"):
        clean(b"text")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", office_bytes(), b"text"])
def test_recognition_leaves_the_file_at_its_beginning(data):
    file = ContentFile(data)
    document_kind(file)
    assert file.tell() == 0


@pytest.mark.django_db
def test_kind_and_size_are_stored_with_the_document():
    document = factories.document(file=ContentFile(office_bytes("xlsx"), name="a.pdf"))
    document.refresh_from_db()
    assert document.kind == "xlsx"
    assert document.size == document.file.size > 0


@pytest.mark.django_db
def test_the_stored_file_name_is_random():
    document = factories.document(
        file=ContentFile(factories.pdf_bytes(), name="../Иванов И.И..pdf")
    )
    assert document.file.name.startswith("documents/")
    assert len(document.file.name) == len("documents/") + 32


@pytest.mark.django_db
def test_saving_in_code_validates_the_document():
    with pytest.raises(ValidationError):
        factories.document(file=ContentFile(b"MZ", name="plan.pdf"))


# Removed metadata ---------------------------------------------------------------------------------


def read_all_text(data):
    """All text of a cleaned Office document."""
    with zipfile.ZipFile(clean(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_the_author_is_removed_from_an_office_document():
    text = read_all_text(
        office_bytes(
            contents={
                "word/document.xml": "<p>text</p>",
                "docProps/core.xml": "<creator>secret</creator>",
                "docProps/app.xml": "<Company>secret</Company><Pages>3</Pages>",
                "docProps/custom.xml": "secret",
            }
        )
    )
    assert b"text" in text
    assert b"secret" not in text


def test_emptied_properties_are_valid_xml():
    content = clean(office_bytes(contents={"docProps/core.xml": "<a>secret</a>"}))
    with zipfile.ZipFile(content) as archive:
        root = ElementTree.fromstring(archive.read("docProps/core.xml"))
    assert root.tag.endswith("}coreProperties")
    assert list(root) == []


def test_a_signed_office_document_is_stored_unchanged():
    signed = office_bytes(contents={"docProps/core.xml": "x", "_xmlsignatures/1": "x"})
    assert clean(signed).read() == signed


# Damaged files and decompression bombs ------------------------------------------------------------


def test_an_office_document_that_decompresses_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(staff_document_cleaning, "MOST_UNPACKED", 1000)
    assert refusal(office_bytes(contents={"a.xml": "x" * 1001})) == "document_too_large"


def test_a_document_with_a_false_size_is_refused():
    data = office_bytes(contents={"a.xml": "x" * 100_000})
    start = data.rindex(b"PK\x01\x02") + 24
    assert refusal(data[:start] + struct.pack("<I", 10) + data[start + 4 :]) == "document_damaged"


def test_a_document_with_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(staff_document_cleaning, "MOST_PARTS", 1)
    assert refusal(office_bytes()) == "document_too_large"


# Number of pages ----------------------------------------------------------------------------------


def word(properties):
    return office_bytes(contents={"docProps/app.xml": properties})


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (factories.pdf_bytes(pages=3), 3),
        (word("<Properties><Pages>12</Pages></Properties>"), 12),
        (word("<Properties><Slides>7</Slides></Properties>"), 7),
        (word("<Properties><Pages>0</Pages></Properties>"), None),
        (word("<Properties/>"), None),
        (office_bytes(), None),
    ],
)
def test_pages_are_read_from_the_document_properties(data, pages):
    assert clean(data).pages == pages


def test_a_document_of_the_maximum_size_is_accepted():
    file = ContentFile(factories.pdf_bytes())
    file.size = documents.MAX_BYTES
    assert clean_document(file).kind == "pdf"


def test_a_document_with_the_largest_number_of_parts_is_accepted(monkeypatch):
    monkeypatch.setattr(staff_document_cleaning, "MOST_PARTS", 3)
    assert clean(office_bytes()).kind == "docx"


# In the sandbox -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (factories.pdf_bytes(pages=3), "pdf", 3),
        (word("<Properties><Pages>12</Pages></Properties>"), "docx", 12),
        (office_bytes("xlsx", {"Смета.xml": "x"}), "xlsx", None),
    ],
    ids=["pdf", "docx", "xlsx"],
)
def test_a_document_of_a_form_is_rewritten_in_the_sandbox(data, kind, pages):
    document = DocumentFormField().to_python(SimpleUploadedFile("plan", data))
    assert (document.kind, document.pages, document.name) == (kind, pages, "plan")
    assert document.read() == clean(data).read() or kind != "pdf"
    assert document_kind(document) == kind


def test_a_document_refused_in_the_sandbox_keeps_its_reason():
    with pytest.raises(ValidationError, match="без макросов") as caught:
        DocumentFormField().to_python(SimpleUploadedFile("plan", b"MZ"))
    assert caught.value.code == "document_unknown"
