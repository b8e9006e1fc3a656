"""A published Office file tells nobody's secrets: changes, comments, names, places."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from college_site.uploads.staff_document_cleaning import rewrite_document
from tests.college_site.test_images import encode, exif_with_location, gradient, reopen
from tests.factories import office_bytes

CASES = Path(__file__).resolve().parents[1] / "cases" / "office"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
IDS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WHO = 'w:id="1" w:author="Анна Тайная" w:date="2026-11-01T10:00:00Z"'


def read_case(name):
    return (CASES / name).read_bytes()


def parts_of(data):
    """The parts of an Office file by name, once the uploader agreed to accept changes."""
    content, _, _ = rewrite_document(io.BytesIO(data), accept_changes=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def refusal(data):
    """The message of a refusal."""
    with pytest.raises(ValidationError) as caught:
        rewrite_document(io.BytesIO(data))
    assert caught.value.code == "document_tells"
    return caught.value.messages[0].replace("\u00a0", " ")


def word(body, namespace=WORD, **options):
    document = f"<w:document {namespace} {IDS}><w:body>{body}</w:body></w:document>"
    return office_bytes(contents={"word/document.xml": document}, **options)


def accepted(body, namespace=WORD):
    """The body of a Word file after its changes were accepted, without declarations."""
    said = parts_of(word(body, namespace))["word/document.xml"].decode()
    return said.partition("<w:body>")[2].partition("</w:body>")[0]


def run(text, tag="t"):
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def paragraph(*content, mark=""):
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{''.join(content)}</w:p>"


# What the uploader is told ------------------------------------------------------------------------


def test_tracked_changes_are_shown_with_names_and_deleted_words():
    said = refusal(read_case("tracked_changes.docx"))
    assert "исправлений — 2; авторы: Петров П. П.; например: «уволить Сидорова С. С.»" in said
    assert "Отметьте «Принять исправления и убрать примечания»" in said


@pytest.mark.parametrize("name", ["comments.docx", "document2.docx", "upper_case_parts.docx"])
def test_comments_are_shown_with_names_and_words(name):
    said = refusal(read_case(name))
    assert "примечаний — 1; авторы: Петров П. П.; например: «Это надо убрать" in said


def test_only_some_quotations_and_names_are_shown():
    changes = [
        f'<w:del w:id="{n}" w:author="Автор {n}">{run("слово " * 90, "delText")}</w:del>'
        for n in range(9)
    ]
    said = refusal(word(paragraph(*changes)))
    assert "исправлений — 9; авторы: Автор 0, Автор 1, Автор 2 и другие;" in said
    assert len(said) < 700


def test_a_signed_file_that_tells_something_has_to_be_replaced():
    contents = {
        "word/document.xml": f"<w:document {WORD}><w:body><w:p><w:ins {WHO}/></w:p></w:body>"
        "</w:document>",
        "_xmlsignatures/1": "x",
    }
    data = office_bytes(contents=contents)
    assert "подписан, поэтому изменить его нельзя" in refusal(data)
    with pytest.raises(ValidationError):
        rewrite_document(io.BytesIO(data), accept_changes=True)


def test_a_file_that_tells_nothing_is_accepted():
    content, kind, _ = rewrite_document(io.BytesIO(word(paragraph(run("Приказ")))))
    assert kind == "docx"
    assert "Приказ".encode() in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


# Accepting changes --------------------------------------------------------------------------------


def test_accepted_changes_leave_the_final_words_alone():
    said = b"".join(parts_of(read_case("tracked_changes.docx")).values()).decode(errors="replace")
    assert "Приказ № 17. " in said
    assert "наградить Сидорова" in said
    assert "уволить" not in said
    assert "Петров" not in said


MOVED = paragraph(f"<w:moveFrom {WHO}>{run('сюда')}</w:moveFrom>", mark=f"<w:moveFrom {WHO}/>")
CHANGES = {
    "a moved paragraph": (
        MOVED + paragraph(run("А")) + paragraph(f"<w:moveTo {WHO}>{run('сюда')}</w:moveTo>"),
        paragraph(run("А")) + paragraph(run("сюда")),
    ),
    "a deleted end of a paragraph": (
        paragraph(run("Один "), mark=f"<w:del {WHO}/>") + paragraph(run("два")),
        paragraph(run("Один "), run("два")),
    ),
    "an inserted end of a paragraph": (
        "<w:p><w:pPr><w:rPr><w:ins " + WHO + "/></w:rPr></w:pPr>" + run("А") + "</w:p>",
        "<w:p><w:pPr><w:rPr/></w:pPr>" + run("А") + "</w:p>",
    ),
    "a deleted row": (
        f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{paragraph(run('нет'))}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph(run('да'))}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc>{paragraph(run('да'))}</w:tc></w:tr></w:tbl>",
    ),
    "a deleted table": (
        f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{paragraph(run('нет'))}</w:tc></w:tr>"
        "</w:tbl>" + paragraph(run("А")),
        paragraph(run("А")),
    ),
    "an inserted and then deleted word": (
        paragraph(f"<w:ins {WHO}><w:del {WHO}>{run('нет', 'delText')}</w:del></w:ins>", run("А")),
        paragraph(run("А")),
    ),
    "a changed format": (
        f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:b/></w:rPr></w:r></w:p>",
    ),
    "the only paragraph of a cell": (
        f"<w:tbl><w:tr><w:tc>{paragraph(mark=f'<w:del {WHO}/>')}</w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:p><w:pPr><w:rPr/></w:pPr></w:p></w:tc></w:tr></w:tbl>",
    ),
}


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
def test_each_kind_of_change_is_accepted(before, after):
    assert accepted(before) == after


def test_changes_in_the_strict_format_are_accepted():
    body = paragraph(f"<w:del {WHO}>{run('нет', 'delText')}</w:del>", run("да"))
    assert accepted(body, STRICT) == paragraph(run("да"))


@pytest.mark.parametrize("part", ["footnotes", "header", "endnotes"])
def test_changes_outside_the_main_text_are_accepted(part):
    type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{part}+xml"
    story = f"<w:x {WORD}>{paragraph(f'<w:del {WHO}>тайна</w:del>', run('да'))}</w:x>"
    data = office_bytes(contents={f"word/{part}.xml": story}, types={f"word/{part}.xml": type})
    assert "исправлений — 1" in refusal(data)
    assert "тайна" not in parts_of(data)[f"word/{part}.xml"].decode()


def test_a_deleted_picture_leaves_the_file():
    blip = '<w:r><w:drawing><a:blip xmlns:a="a" r:embed="rId{}"/></w:drawing></w:r>'
    body = paragraph(f"<w:del {WHO}>{blip.format(1)}</w:del>", blip.format(2))
    document = f"<w:document {WORD} {IDS}><w:body>{body}</w:body></w:document>"
    pictures = [("rId1", "image", "media/old.png"), ("rId2", "image", "media/new.png")]
    contents = {"word/document.xml": document, "word/media/old.png": "", "word/media/new.png": ""}
    parts = parts_of(
        office_bytes(contents=contents, relationships={"word/_rels/document.xml.rels": pictures})
    )
    assert "word/media/new.png" in parts
    assert "word/media/old.png" not in parts
    assert b"old.png" not in parts["word/_rels/document.xml.rels"]


# Comments -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["comments.docx", "document2.docx", "upper_case_parts.docx"])
def test_removed_comments_leave_nothing_behind(name):
    parts = parts_of(read_case(name))
    said = b"".join(content for part, content in parts.items() if "styles" not in part)
    assert not [part for part in parts if "comments" in part.lower()]
    assert b"omment" not in said.replace(b"Comments", b"").replace(b"omment text", b"")
    assert "Положение о наставничестве".encode() in said
    assert "Петров".encode() not in said


SHEET = f'<worksheet {IDS}><sheetData><row/></sheetData><legacyDrawing r:id="rId2"/></worksheet>'
NOTE_FRAME = '<xml xmlns:x="x"><x:ClientData ObjectType="{}"/></xml>'


def workbook(frame="Note"):
    comments = "<comments><authors><author>Анна</author></authors><comment>"
    comments += "<text><t>не показывать</t></text></comment></comments>"
    rows = [("rId1", "comments", "../comments1.xml"), ("rId2", "vmlDrawing", "../drawing1.vml")]
    rows += [("rId3", "threadedComment", "../threads.xml")]
    contents = {
        "xl/worksheets/sheet1.xml": SHEET,
        "xl/comments1.xml": comments,
        "xl/drawing1.vml": NOTE_FRAME.format(frame),
        "xl/threads.xml": "<x><threadedComment><text>ветка</text></threadedComment></x>",
        "xl/persons/person.xml": '<personList><person displayName="Борис"/></personList>',
    }
    relationships = {
        "xl/worksheets/_rels/sheet1.xml.rels": rows,
        "xl/_rels/workbook.xml.rels": [("rId1", "person", "persons/person.xml")],
    }
    return office_bytes("xlsx", contents, relationships=relationships)


def test_notes_of_a_workbook_are_shown_and_removed():
    said = refusal(workbook())
    assert "примечаний — 2" in said
    assert "Анна" in said
    assert "Борис" in said
    parts = parts_of(workbook())
    assert set(parts) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }
    assert b"legacyDrawing" not in parts["xl/worksheets/sheet1.xml"]


def test_a_button_of_a_sheet_stays():
    parts = parts_of(workbook(frame="Button"))
    assert "xl/drawing1.vml" in parts
    assert b"legacyDrawing" in parts["xl/worksheets/sheet1.xml"]


def test_comments_of_slides_are_shown_and_removed():
    slide = f'<sld {IDS}><extLst><ext><commentRel r:id="rId1"/></ext></extLst></sld>'
    contents = {
        "ppt/slides/slide1.xml": slide,
        "ppt/comments/c1.xml": '<cmLst><cm authorId="0"><text>спорно</text></cm></cmLst>',
        "ppt/commentAuthors.xml": '<x><cmAuthor id="0" name="Вера"/></x>',
    }
    relationships = {
        "ppt/slides/_rels/slide1.xml.rels": [("rId1", "comments", "../comments/c1.xml")],
        "ppt/_rels/presentation.xml.rels": [("rId1", "commentAuthors", "commentAuthors.xml")],
    }
    data = office_bytes("pptx", contents, relationships=relationships)
    assert "примечаний — 1; авторы: Вера; например: «спорно»" in refusal(data)
    parts = parts_of(data)
    assert not [name for name in parts if "comment" in name.lower()]
    assert b"<ext" not in parts["ppt/slides/slide1.xml"].replace(b"<extLst", b"")


# What goes without a question ---------------------------------------------------------------------


def test_a_miniature_and_the_path_of_a_template_are_removed():
    settings = f'<w:settings {WORD} {IDS}><w:attachedTemplate r:id="rId1"/></w:settings>'
    contents = {"word/settings.xml": settings, "docProps/thumbnail.jpeg": b"old page"}
    main = ("rId1", "officeDocument", "word/document.xml")
    relationships = {
        "_rels/.rels": [main, ("rId2", "thumbnail", "docProps/thumbnail.jpeg")],
        "word/_rels/settings.xml.rels": [
            ("rId1", "attachedTemplate", 'file:///C:/Users/anna/x.dotx" TargetMode="External')
        ],
    }
    parts = parts_of(office_bytes(contents=contents, relationships=relationships))
    assert "docProps/thumbnail.jpeg" not in parts
    said = b"".join(parts.values())
    assert b"thumbnail" not in said
    assert b"anna" not in said
    assert b"attachedTemplate" not in said


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_a_photograph_inside_loses_its_metadata_and_no_pixel(kind, format):
    exif = exif_with_location()
    exif[0x0112] = 6
    photograph = encode(gradient(), format, exif=exif, xmp=b"secret")
    parts = parts_of(office_bytes(kind, {"media/IMAGE1.BIN": photograph}))
    left = Image.open(io.BytesIO(parts["media/IMAGE1.BIN"]))
    assert b"secret" not in parts["media/IMAGE1.BIN"]
    assert left.tobytes() == Image.open(io.BytesIO(photograph)).tobytes()
    assert dict(left.getexif()) == ({} if format == "WEBP" else {0x0112: 6})


def test_the_place_of_a_photograph_in_a_word_file_is_removed():
    name = "word/media/image1.jpg"
    with zipfile.ZipFile(io.BytesIO(read_case("photo_with_gps.docx"))) as archive:
        assert Image.open(archive.open(name)).getexif().get_ifd(0x8825)
    photograph = reopen(io.BytesIO(parts_of(read_case("photo_with_gps.docx"))[name]))
    assert not photograph.getexif()
