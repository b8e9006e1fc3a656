"""The door for documents: recognised by content, without macros, bounded."""

import io
import struct
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from college_site import documents
from college_site.documents import checked_document, page_count, recognised
from tests import factories


def archive(*names):
    """A ZIP archive of small files with these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


def refusal(data):
    with pytest.raises(ValidationError) as caught:
        checked_document(ContentFile(data))
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
    ],
)
def test_a_document_is_recognised_by_its_content(data, kind):
    assert checked_document(ContentFile(data, name="x.exe")) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PD",
        b" %PDF-1.7",
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
def test_anything_else_is_refused(data):
    assert refusal(data) == "document_unknown"


def test_a_document_with_macros_is_refused():
    assert refusal(archive("word/document.xml", "word/vbaProject.bin")) == "document_unknown"


def with_flag(data, offset, value):
    """The archive with two bytes of its central directory replaced."""
    start = data.index(b"PK\x01\x02") + offset
    return data[:start] + struct.pack("<H", value) + data[start + 2 :]


@pytest.mark.parametrize(
    "data",
    [
        with_flag(archive("word/document.xml"), 6, 99),
        with_flag(archive("\xff".encode("latin-1").decode("cp437") + "x"), 8, 0x800),
        archive("word/document.xml").replace(b"PK\x01\x02", b"PK\x09\x09"),
        archive("word/document.xml")[:-10],
    ],
    ids=["version of the future", "name in broken UTF-8", "no directory", "cut short"],
)
def test_a_damaged_archive_is_refused(data):
    assert refusal(data) == "document_unknown"


def test_a_name_in_broken_utf_8_is_refused():
    data = archive("word/document.xml", "xxxx").replace(b"xxxx", b"\xff\xfe\xff\xfe")
    start = data.rindex(b"PK\x01\x02") + 8
    assert refusal(data[:start] + struct.pack("<H", 0x800) + data[start + 2 :]) == (
        "document_unknown"
    )


def test_a_file_of_too_many_bytes_is_refused_unread(monkeypatch):
    monkeypatch.setattr(documents, "recognised", pytest.fail)
    file = ContentFile(b"")
    file.size = documents.MAX_BYTES + 1
    with pytest.raises(ValidationError, match="принимаются до") as caught:
        checked_document(file)
    assert caught.value.code == "document_too_large"


def test_a_refusal_says_what_to_do():
    with pytest.raises(ValidationError, match="Сохраните документ как PDF"):
        checked_document(ContentFile(b"text"))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", archive("word/document.xml"), b"text"])
def test_the_file_is_left_at_its_beginning(data):
    file = ContentFile(data)
    recognised(file)
    assert file.tell() == 0


@pytest.mark.django_db
def test_kind_and_size_are_stored_with_the_document():
    document = factories.document(file=ContentFile(archive("xl/workbook.xml"), name="a.pdf"))
    document.refresh_from_db()
    assert document.kind == "xlsx"
    assert document.size == len(archive("xl/workbook.xml"))


@pytest.mark.django_db
def test_nothing_of_the_name_of_the_file_is_kept():
    document = factories.document(file=ContentFile(b"%PDF-1.7\n", name="../Иванов И.И..pdf"))
    assert document.file.name.startswith("documents/")
    assert len(document.file.name) == len("documents/") + 32


@pytest.mark.django_db
def test_code_cannot_store_what_a_person_could_not():
    with pytest.raises(ValidationError):
        factories.document(file=ContentFile(b"MZ", name="plan.pdf"))


# Pages --------------------------------------------------------------------------------------------


def paged_pdf(number):
    document = pikepdf.new()
    for _ in range(number):
        document.add_blank_page(page_size=(100, 100))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paged_archive(properties):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("docProps/app.xml", properties)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (paged_pdf(3), "pdf", 3),
        (paged_archive("<Properties><Pages>12</Pages></Properties>"), "docx", 12),
        (paged_archive("<Properties><Slides>7</Slides></Properties>"), "pptx", 7),
        (paged_archive("<Properties><Pages>0</Pages></Properties>"), "docx", None),
        (paged_archive("<Properties/>"), "xlsx", None),
        (archive("word/document.xml"), "docx", None),
        (b"%PDF-1.7\nnothing", "pdf", None),
    ],
)
def test_pages_are_counted_where_the_document_says(data, kind, pages):
    assert page_count(io.BytesIO(data), kind) == pages
