"""Office files are recognised by relationships and content types, not by names of parts."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from college_site.uploads.staff_document_cleaning import document_kind, rewrite_document
from tests.college_site.test_office_cleaning import read_case
from tests.factories import office_bytes

PACKAGES = {
    "a main part of another name": read_case("document2.docx"),
    "upper case": read_case("upper_case_parts.docx"),
    "another folder": office_bytes(main="content/main.xml"),
    "an absolute target": office_bytes(
        relationships={"_rels/.rels": [("rId1", "officeDocument", "/word/document.xml")]}
    ),
    "upper-case relationships": office_bytes(
        relationships={"_RELS/.RELS": [("rId1", "officeDocument", "WORD/Document.xml")]}
    ).replace(b"_rels/.rels", b"_xels/.rels"),
    "backslashes": office_bytes().replace(b"word/document.xml", b"word\\document.xml"),
    "a space in a name": office_bytes(
        main="word/my document.xml",
        types={
            "word/my%20document.xml": "application/vnd.openxmlformats-officedocument."
            "wordprocessingml.document.main+xml"
        },
        relationships={"_rels/.rels": [("rId1", "officeDocument", "word/my%20document.xml")]},
    ),
}


@pytest.mark.parametrize("data", PACKAGES.values(), ids=PACKAGES)
def test_a_word_file_is_recognised_by_its_relationships(data):
    assert document_kind(io.BytesIO(data)) == "docx"
    assert rewrite_document(io.BytesIO(data), accept_changes=True)[1] == "docx"


@pytest.mark.parametrize("kind", ["xlsx", "pptx"])
def test_a_main_part_of_any_name_is_recognised_in_every_program(kind):
    assert document_kind(io.BytesIO(office_bytes(kind, main="X/Main2.XML"))) == kind


@pytest.mark.parametrize(
    "type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "text/xml",
    ],
)
def test_templates_and_documents_with_macros_are_not_recognised(type):
    data = office_bytes(types={"word/document.xml": type})
    assert document_kind(io.BytesIO(data)) is None


def test_a_usual_name_alone_makes_no_word_file():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("word/document.xml", "<x/>")
    assert document_kind(buffer) is None


def test_a_part_that_declares_entities_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>'
    with pytest.raises(ValidationError) as caught:
        rewrite_document(io.BytesIO(office_bytes(contents={"word/document.xml": bomb})))
    assert caught.value.code == "document_damaged"
