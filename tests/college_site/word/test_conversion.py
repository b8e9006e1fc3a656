"""A Word document becomes clean HTML: headings, lists, tables, links, notes."""

import pytest

from tests import word_files
from tests.word_files import html_of, item, link, paragraph, part_xml, read_word, run, table


@pytest.mark.parametrize(
    ("properties", "html"),
    [
        ("<w:b/>", "<p><strong>цех</strong></p>"),
        ("<w:i/>", "<p><em>цех</em></p>"),
        ('<w:vertAlign w:val="superscript"/>', "<p><sup>цех</sup></p>"),
        ('<w:vertAlign w:val="subscript"/>', "<p><sub>цех</sub></p>"),
        ('<w:b w:val="0"/>', "<p>цех</p>"),
        ('<w:color w:val="FF0000"/><w:sz w:val="72"/>', "<p>цех</p>"),
    ],
)
def test_emphasis_is_kept_and_colour_is_not(properties, html):
    assert html_of(paragraph(content=run("цех", properties))) == html


def test_the_plain_text_of_a_block_keeps_the_order_of_its_words():
    pieces = run("Раз ", "<w:b/><w:i/>") + run("два ", "<w:b/>") + run("три")
    [block] = read_word(paragraph(content=pieces)).blocks
    assert block.text == "Раз два три"


def test_headings_keep_their_levels_under_any_name_of_their_style():
    document = read_word(paragraph("А", "1"), paragraph("Б", "2"), paragraph("В", "a8"))
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 1),
    ]


def test_an_outline_level_makes_a_heading():
    document = read_word(paragraph("План", properties='<w:outlineLvl w:val="1"/>'))
    assert (document.blocks[0].kind, document.blocks[0].level) == ("heading", 2)


def test_a_bold_line_stays_a_bold_paragraph():
    document = read_word(paragraph(content=run("Итоги", "<w:b/>")))
    assert (document.blocks[0].kind, document.blocks[0].is_bold) == ("paragraph", True)


def test_title_subtitle_and_caption_are_told_by_their_styles():
    document = read_word(*(paragraph("Текст", style) for style in ("a3", "a4", "a5")))
    assert [block.kind for block in document.blocks] == ["title", "subtitle", "caption"]


def test_quotes_in_a_row_are_one_quotation():
    html = html_of(paragraph("Раз", "a6"), paragraph("Два", "a6"))
    assert html == "<blockquote><p>Раз</p><p>Два</p></blockquote>"


# Lists --------------------------------------------------------------------------------------------


def test_lists_are_nested():
    html = html_of(item("А"), item("Б", depth=1), item("В"))
    assert html == "<ul><li>А<ul><li>Б</li></ul></li><li>В</li></ul>"


def test_a_list_told_by_a_style_is_a_list():
    assert html_of(paragraph("Станок", "a7")) == "<ul><li>Станок</li></ul>"


def test_a_numbered_list_goes_on_after_a_paragraph():
    html = html_of(item("А", 2), item("Б", 2), paragraph("Между"), item("В", 2))
    assert html == '<ol><li>А</li><li>Б</li></ol><p>Между</p><ol start="3"><li>В</li></ol>'


def test_lists_with_other_numbers_are_not_joined():
    html = html_of(item("А", 2), item("Б", 4))
    assert html == '<ol><li>А</li></ol><ol type="a"><li>Б</li></ol>'


def test_russian_letters_become_numbers_which_is_said_once():
    document = read_word(item("Токарь", 3), item("Сварщик", 3))
    assert document.blocks[0].html == "<ol><li>Токарь</li><li>Сварщик</li></ol>"
    assert document.notes == [
        "Номера списка стали простыми: пункт «а.» теперь 1 (в\u00a0начале документа)"
    ]


def test_a_text_in_many_pieces_is_joined():
    pieces = "".join(run(text, "<w:b/>") for text in ("По", "ли", "техникум"))
    assert html_of(paragraph(content=pieces)) == "<p><strong>Политехникум</strong></p>"


def test_the_number_of_a_heading_stays_in_its_text():
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    assert html_of(paragraph("Общее", "1", numbers)) == "<h1>1. Общее</h1>"


# Tables -------------------------------------------------------------------------------------------


def test_a_table_keeps_its_header_row():
    html = html_of(table(["Группа", "Мест"], ["ТМ-21", "25"], header=True))
    head = "<thead><tr><th><p>Группа</p></th><th><p>Мест</p></th></tr></thead>"
    row = "<tr><td><p>ТМ-21</p></td><td><p>25</p></td></tr>"
    assert html == f"<table>{head}<tbody>{row}</tbody></table>"


def test_merged_cells_stay_merged():
    wide = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("Оба")}'
    high = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("А")}'
    below = f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph()}"
    html = html_of(table([wide], [high, "1"], [below, "2"]))
    assert '<td colspan="2"><p>Оба</p></td>' in html
    assert '<td rowspan="2"><p>А</p></td><td><p>1</p></td></tr><tr><td><p>2</p></td>' in html


def test_a_bookmark_between_rows_leaves_merged_cells_alone():
    high = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("А")}'
    below = f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph()}"
    marked = table([high, "1"], [below, "2"]).replace(
        "</w:tr><w:tr>", '</w:tr><w:bookmarkStart w:id="1" w:name="x"/><w:tr>'
    )
    assert '<td rowspan="2">' in html_of(marked)


def test_columns_that_a_row_leaves_out_are_empty_cells():
    row = table(["Итого"]).replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>')
    assert '<td colspan="2"></td><td><p>Итого</p></td>' in html_of(row)


# Links and notes ----------------------------------------------------------------------------------


def test_a_link_keeps_its_address():
    links = {"rIdLink": "https://zavod.example/?a=1&amp;b=2"}
    html = html_of(link("rIdLink", "сайт"), links=links)
    assert html == '<p><a href="https://zavod.example/?a=1&amp;b=2">сайт</a></p>'


@pytest.mark.parametrize("address", ["file:///C:/plan.docx", "plan.docx", "javascript:alert(1)"])
def test_a_link_that_leads_to_no_site_becomes_text_which_is_said(address):
    document = read_word(link("rIdLink", "план"), links={"rIdLink": address})
    assert document.blocks[0].html == "план"
    assert document.notes == ["Ссылка «план» вела не\u00a0на\u00a0сайт и\u00a0стала текстом"]


def test_a_field_with_an_address_and_a_place_is_one_link():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>HYPERLINK "https://zavod.example/" \\l "plan"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("план")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    html = html_of(paragraph(content=field))
    assert html == '<p><a href="https://zavod.example/#plan">план</a></p>'


def test_a_link_into_the_document_becomes_text():
    inner = f'<w:hyperlink w:anchor="plan">{run("см. план")}</w:hyperlink>'
    assert html_of(paragraph(content=inner)) == "<p>см. план</p>"


FOOTNOTES = part_xml(
    "w:footnotes",
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("По данным завода.")}</w:footnote>',
)


def test_footnotes_stand_in_a_list_at_the_end():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    html = html_of(
        paragraph("Наняли 25 человек", content=reference),
        parts={"word/footnotes.xml": FOOTNOTES},
        relationships=[("rIdNotes", "footnotes", "footnotes.xml")],
    )
    assert html == (
        "<p>Наняли 25 человек<sup>[1]</sup></p><h1>Примечания</h1>"
        "<ol><li><p>По данным завода.</p></li></ol>"
    )


def test_a_reference_to_a_missing_note_is_left_out():
    reference = '<w:r><w:footnoteReference w:id="9"/></w:r>'
    assert html_of(paragraph("Наняли", content=reference)) == "<p>Наняли</p>"


# What stands around text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        f"<w:smartTag>{run('завод')}</w:smartTag>",
        f"<w:customXml>{run('завод')}</w:customXml>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('завод')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr="AUTHOR">{run("завод")}</w:fldSimple>',
        f'<w:dir w:val="ltr">{run("завод")}</w:dir>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("завод")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        f'<w:ins w:id="1" w:author="x">{run("завод")}</w:ins>',
    ],
)
def test_the_text_of_tags_fields_and_controls_is_kept(content):
    assert html_of(paragraph(content=content)) == "<p>завод</p>"


def test_a_content_control_around_paragraphs_is_taken_apart():
    content = f"<w:sdt><w:sdtContent>{paragraph('Раз')}{paragraph('Два')}</w:sdtContent></w:sdt>"
    assert html_of(content) == "<p>Раз</p><p>Два</p>"


def test_a_box_of_an_old_form_becomes_its_sign():
    field = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    box = f'<w:r><w:fldChar w:fldCharType="begin">{field}</w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert html_of(paragraph(content=f"{box}{end}{run(' согласен')}")) == "<p>☒ согласен</p>"


def test_signs_of_wingdings_become_characters():
    signs = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    letters = run("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>')
    assert html_of(paragraph(content=signs + letters)) == "<p>✓✓</p>"


@pytest.mark.parametrize("kind", ["", ' w:type="page"', ' w:type="column"'])
def test_a_break_separates_words(kind):
    content = f"{run('Раз')}<w:r><w:br{kind}/></w:r>{run('Два')}"
    assert html_of(paragraph(content=content)) == "<p>Раз<br>Два</p>"


def test_a_dropped_capital_goes_back_to_its_word():
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    assert html_of(paragraph("П", properties=frame), paragraph("рошёл день.")) == (
        "<p>Прошёл день.</p>"
    )


def test_a_strict_document_is_read_like_any_other():
    body = part_xml("w:document", f"<w:body>{paragraph('Строго')}</w:body>")
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = body.encode().replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert html_of(parts={word_files.MAIN: strict}) == "<p>Строго</p>"
