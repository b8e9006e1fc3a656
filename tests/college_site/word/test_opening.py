"""A file that is no readable Word document is refused with what to do."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from college_site.uploads.sandbox import staff_turn
from college_site.uploads.word import opening
from college_site.uploads.word.conversion import read_word_file
from college_site.uploads.word_documents import MAX_BYTES, read_uploaded_word_document
from tests import factories
from tests.word_files import DECLARED, MAIN, paragraph, word_bytes

CASES = Path(__file__).resolve().parents[2] / "cases" / "office"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
VENDOR = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def archive(**contents):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in contents.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def macro_document():
    return word_bytes(paragraph("Цех"), types={MAIN: MACROS})


def document_with_a_virus():
    return word_bytes(paragraph("Цех"), parts={"word/vbaProject.bin": b"\x00"})


def template():
    return word_bytes(paragraph("Цех"), types={MAIN: f"{VENDOR}.template.main+xml"})


def entities():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = f"{bomb}<w:document {DECLARED}><w:body>{paragraph('&b;')}</w:body></w:document>"
    return word_bytes(parts={MAIN: body})


REFUSED = {
    "empty": (lambda: b"", "word_empty_file"),
    "old": (lambda: OLE + b"\0" * 2000, "word_old"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "word_locked"),
    "pdf": (lambda: factories.pdf_bytes(), "word_pdf"),
    "rtf": (lambda: b"{\\rtf1\\ansi text}", "word_rtf"),
    "odt": (
        lambda: archive(mimetype="application/vnd.oasis.opendocument.text", content="<x/>"),
        "word_odt",
    ),
    "pages": (
        lambda: archive(Index__Document="").replace(b"Document", b"Document"),
        "word_unknown",
    ),
    "macros": (macro_document, "word_macros"),
    "virus": (document_with_a_virus, "word_macros"),
    "template": (template, "word_template"),
    "table": (lambda: factories.office_bytes("xlsx"), "word_other_office"),
    "zip": (lambda: archive(plan="x"), "word_unknown"),
    "picture": (lambda: factories.picture_bytes(), "word_unknown"),
    "cut": (lambda: word_bytes(paragraph("Цех"))[:-200], "word_damaged"),
    "entities": (entities, "word_damaged"),
    "no body": (lambda: word_bytes(parts={MAIN: f"<w:document {DECLARED}/>"}), "word_damaged"),
    "no XML": (lambda: word_bytes(parts={MAIN: "Цех"}), "word_damaged"),
    "no text": (lambda: word_bytes(paragraph("  ")), "word_blank"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_word_document_is_refused(name):
    make, code = REFUSED[name]
    with pytest.raises(ValidationError) as error:
        read_word_file(make())
    assert error.value.code == code


def test_a_document_of_formulas_alone_says_what_was_in_it():
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    with pytest.raises(ValidationError, match=r"формула «a\+b»"):
        read_word_file(word_bytes(paragraph(content=formula)))


def test_a_document_of_pages_is_refused_with_the_way_to_export_it():
    with pytest.raises(ValidationError, match="Экспортировать"):
        read_word_file(archive(**{"Index/Document.iwa": "x"}))


@pytest.mark.parametrize("code", opening.REFUSALS)
def test_every_refusal_says_what_to_do(code):
    [message] = opening.refusal(code).messages
    remedies = ("охраните", "ыберите", "азделите", "нимите", "ужен документ Word")
    assert any(remedy in message for remedy in remedies)


def test_a_part_that_unpacks_to_hundreds_of_megabytes_is_refused_unread(monkeypatch):
    monkeypatch.setattr(opening, "MOST_UNPACKED", 1000)
    with pytest.raises(ValidationError) as error:
        read_word_file(word_bytes(paragraph("Цех" * 1000)))
    assert error.value.code == "word_swollen"


def test_an_encrypted_entry_of_the_archive_is_refused():
    content = bytearray(word_bytes(paragraph("Цех")))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    with pytest.raises(ValidationError) as error:
        read_word_file(bytes(content))
    assert error.value.code == "word_locked"


@pytest.mark.parametrize("name", ["comments", "document2", "photo_with_gps", "upper_case_parts"])
def test_documents_of_other_programs_are_read(name):
    facts, content = read_word_file((CASES / f"{name}.docx").read_bytes())
    assert content[facts["pictures"] :]


# In the sandbox -----------------------------------------------------------------------------------


def read_upload(content, name="Отчёт.docx"):
    with staff_turn() as turn:
        return read_uploaded_word_document(ContentFile(content, name=name), turn)


@pytest.mark.parametrize("name", ["Отчёт.docx", "Отчёт.doc", "Отчёт"])
def test_the_content_counts_and_not_the_name(name):
    document = read_upload(word_bytes(paragraph("Цех")), name)
    assert (document.name, document.blocks[0].text) == ("Отчёт", "Цех")


def test_the_sandbox_has_loaded_what_any_document_needs():
    """There no module can be loaded any more, for no file can be opened."""
    content = (CASES / "tracked_changes.docx").read_bytes()
    assert read_upload(content).blocks[0].text == "Приказ № 17. наградить Сидорова С. С."


def test_a_refusal_comes_out_of_the_sandbox():
    with pytest.raises(ValidationError) as error:
        read_upload(b"{\\rtf1 text}")
    assert error.value.code == "word_rtf"


def test_a_bomb_of_an_archive_is_refused_in_time():
    bomb = word_bytes(paragraph("Цех"), parts={"word/media/x.bin": bytes(201 * 2**20)})
    assert len(bomb) < 1_000_000
    with pytest.raises(ValidationError) as error:
        read_upload(bomb)
    assert error.value.code == "word_swollen"


def test_a_text_that_takes_too_much_memory_is_refused():
    with pytest.raises(ValidationError) as error:
        read_upload(word_bytes("<w:p/>" * 3_000_000))
    assert error.value.code in ("memory", "unreadable")


def test_a_long_text_is_read():
    """Its file is small: the words repeat, as they do in long tables."""
    document = read_upload(word_bytes(*[paragraph("Студенты вернулись с практики. " * 20)] * 600))
    assert len(document.blocks) == 600


def test_a_file_over_the_limit_is_refused_with_the_limit():
    file = ContentFile(b"x", name="Отчёт.docx")
    file.size = MAX_BYTES + 1
    with staff_turn() as turn, pytest.raises(ValidationError, match=r"до 60,0\\xa0МБ"):
        read_uploaded_word_document(file, turn)
