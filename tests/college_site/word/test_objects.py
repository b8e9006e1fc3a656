"""Pictures stand in their places; of other objects it is said what was left out and where."""

import pytest

from tests.word_files import (
    NAMESPACES,
    html_of,
    item,
    paragraph,
    part_xml,
    photo_bytes,
    picture,
    read_word,
    run,
    table,
)

FIGURE = '<figure data-photo="0"></figure>'


def drawing(inside, uri="x"):
    graphic = f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic>'
    return f"<w:r><w:drawing><wp:anchor>{graphic}</wp:anchor></w:drawing></w:r>"


def text_box(*paragraphs):
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"


# Pictures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (picture(), FIGURE),
        (run("До ") + picture(), f"<p>До</p>{FIGURE}"),
        (picture() + run("После"), f"{FIGURE}<p>После</p>"),
        (run("До ") + picture() + run(" и после"), f"<p>До  и после</p>{FIGURE}"),
        (run("До", "<w:b/>") + picture(), f"<p><strong>До</strong></p>{FIGURE}"),
    ],
)
def test_a_picture_stands_beside_its_paragraph(content, html):
    assert html_of(paragraph(content=content)) == html


def test_pictures_after_a_paragraph_keep_their_order():
    photos = {"a": photo_bytes((400, 300)), "b": photo_bytes((300, 400))}
    html = html_of(paragraph("Цех", content=picture("a") + picture("b")), photos=photos)
    assert html == f'<p>Цех</p>{FIGURE}<figure data-photo="1"></figure>'


def test_a_picture_that_stands_twice_is_one_photograph():
    document = read_word(paragraph(content=picture()), paragraph("А", content=picture()))
    assert len(document.pictures) == 1
    assert [block.picture for block in document.blocks] == [0, -1, 0]


def test_a_picture_in_a_list_stays_in_its_item():
    nested = item("Станок").replace("</w:p>", picture() + "</w:p>")
    html = html_of(nested, item("Деталь", depth=1))
    assert html == f"<ul><li>Станок{FIGURE}<ul><li>Деталь</li></ul></li></ul>"


def test_a_picture_among_texts_stays_in_its_cell():
    html = html_of(table(["А", "Б"], ["В", paragraph(content=picture())], header=True))
    assert f"<td>{FIGURE}</td>" in html


def test_a_table_of_pictures_is_taken_apart_with_its_captions():
    photos = {"a": photo_bytes((400, 300)), "b": photo_bytes((300, 400))}
    cells = [paragraph(content=picture("a")), paragraph(content=picture("b"))]
    document = read_word(table(cells, ["Цех", "Склад"]), photos=photos)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("picture", ""),
        ("caption", "Цех"),
        ("picture", ""),
        ("caption", "Склад"),
    ]


def test_the_bytes_and_the_alternative_text_of_a_picture_are_read():
    [found] = read_word(paragraph("Цех", content=picture(alt="Студент у станка"))).pictures
    assert found.read() == photo_bytes()
    assert (found.alt, found.place) == ("Студент у станка", "после слов «Цех»")


def test_a_picture_of_word_2003_is_read():
    old = '<w:r><w:pict><v:shape alt="Цех"><v:imagedata r:id="rIdPhoto"/></v:shape></w:pict></w:r>'
    [found] = read_word(paragraph(content=old)).pictures
    assert found.alt == "Цех"


def test_a_cropped_picture_is_said_to_be_whole_again():
    document = read_word(paragraph("Цех", content=picture(inside='<a:srcRect l="20000"/>')))
    assert document.notes == [
        "Снимок был обрезан в\u00a0Word, а\u00a0перенесён, как снят: проверьте его "
        "(после слов «Цех»)"
    ]


@pytest.mark.parametrize("extension", ["emf", "wmf"])
def test_a_metafile_is_left_out_with_its_place(extension):
    document = read_word(
        paragraph("Схема цеха", content=picture("rIdScheme")),
        parts={f"word/media/scheme.{extension}": b"\x01\x00\x00\x00"},
        relationships=[("rIdScheme", "image", f"media/scheme.{extension}")],
    )
    assert document.pictures == []
    [note] = document.notes
    assert f"рисунок в\u00a0формате {extension.upper()}" in note
    assert note.endswith("(после слов «Схема цеха»)")


def test_a_picture_that_the_file_lacks_is_left_out_with_its_place():
    document = read_word(paragraph("Цех", content=picture("rIdGone")))
    assert document.notes == [
        "Не\u00a0перенесено: картинка, которой нет в\u00a0файле (после слов «Цех»)"
    ]


# Text boxes ---------------------------------------------------------------------------------------


def test_the_text_of_a_text_box_stands_after_its_paragraph():
    document = read_word(
        paragraph("Цех", content=drawing(text_box(paragraph("Вход с улицы")))), paragraph("Склад")
    )
    assert [block.text for block in document.blocks] == ["Цех", "Вход с улицы", "Склад"]
    assert document.notes == [
        "Надпись «Вход с улицы» поставлена отдельным абзацем (после слов «Цех»)"
    ]


def test_a_text_box_with_a_fallback_is_read_once():
    choice = f'<mc:Choice Requires="wps">{drawing(text_box(paragraph("Вход")))[5:-6]}</mc:Choice>'
    old = f"<v:textbox><w:txbxContent>{paragraph('Вход')}</w:txbxContent></v:textbox>"
    fallback = f"<mc:Fallback><w:pict><v:shape>{old}</v:shape></w:pict></mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert html_of(paragraph("Цех", content=both)) == "<p>Цех</p><p>Вход</p>"


def test_a_picture_and_its_caption_in_a_text_box_are_read():
    box = text_box(paragraph(content=picture()), paragraph("Рис. 1. Цех", "a5"))
    document = read_word(paragraph("Текст", content=drawing(box)))
    assert [block.kind for block in document.blocks] == ["paragraph", "picture", "caption"]


# What is left out ---------------------------------------------------------------------------------


def formula(text):
    return f"<m:oMathPara><m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath></m:oMathPara>"


WORD_ART = '<w:r><w:pict><v:shape><v:textpath string="Ура"/></v:shape></w:pict></w:r>'
OBJECT = "<w:r><w:object><v:shape/></w:object></w:r>"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (formula("a+b"), "формула «a+b»"),
        (drawing("", "http://schemas.openxmlformats.org/drawingml/2006/chart"), "диаграмма"),
        (drawing("", f"{NAMESPACES['a']}/diagram"), "рисунок SmartArt"),
        (drawing("<wps:wsp/>"), "фигура"),
        (WORD_ART, "надпись WordArt «Ура»"),
        (OBJECT, "встроенный объект"),
    ],
)
def test_what_the_site_cannot_show_is_said_with_its_place(content, what):
    document = read_word(paragraph("Цех", content=content))
    assert document.notes == [f"Не\u00a0перенесено: {what} (после слов «Цех»)"]


def test_what_happens_twice_at_one_place_is_said_once():
    shape = drawing("<wps:wsp/>")
    document = read_word(paragraph("Цех", content=shape + shape))
    assert document.notes == ["Не\u00a0перенесено: фигура (после слов «Цех»), всего таких: 2"]


def test_the_number_of_comments_is_said_and_not_what_they_say():
    comment = f'<w:comment w:id="1" w:author="Анна">{paragraph("Это тайна")}</w:comment>'
    document = read_word(
        paragraph("Цех"),
        parts={"word/comments.xml": part_xml("w:comments", comment)},
        relationships=[("rIdComments", "comments", "comments.xml")],
    )
    assert document.notes == ["Не\u00a0перенесены примечания на\u00a0полях, всего: 1"]


def test_the_text_of_a_header_is_said_but_no_page_number():
    def part(text):
        return part_xml("w:hdr", paragraph(text))

    document = read_word(
        paragraph("Цех"),
        parts={"word/header1.xml": part("Техникум, 2026"), "word/footer1.xml": part("12")},
        relationships=[("h", "header", "header1.xml"), ("f", "footer", "footer1.xml")],
    )
    assert document.notes == ["Не\u00a0перенесён колонтитул «Техникум, 2026»"]


def test_changes_are_accepted_which_is_said():
    changes = (
        f'<w:ins w:id="1" w:author="x">{run("Принять")}</w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>Уволить</w:delText></w:r></w:del>'
    )
    document = read_word(paragraph(content=changes))
    assert [block.text for block in document.blocks] == ["Принять"]
    assert document.notes == [
        "Исправления приняты, как если бы их приняли в\u00a0Word, всего: 2. Проверьте текст"
    ]


def test_hidden_text_stays_hidden_and_only_its_length_is_said():
    document = read_word(paragraph("Цех", content=run("тайна", "<w:vanish/>")))
    assert [block.text for block in document.blocks] == ["Цех"]
    assert document.notes == ["Не\u00a0перенесён скрытый текст, знаков: 5"]


def test_struck_text_is_said_to_be_ordinary_now():
    document = read_word(paragraph("Цех", content=run("старый", "<w:strike/>")))
    assert document.notes == ["Зачёркнутый текст «старый» стал обычным (после слов «Цех»)"]


def test_a_table_of_contents_is_left_out_with_its_lines():
    document = read_word(paragraph("Введение\u00a03", "11"), paragraph("Цех"))
    assert [block.text for block in document.blocks] == ["Цех"]
    assert document.notes == [
        "Не\u00a0перенесено оглавление: «Введение 3» (в\u00a0начале документа)"
    ]


def test_very_many_notes_are_cut_with_the_number_of_the_rest():
    document = read_word(*(paragraph(f"Цех {n}", content=formula("x")) for n in range(200)))
    assert len(document.notes) == 151
    assert document.notes[-1] == "Есть и\u00a0ещё замечания, всего: 50"
