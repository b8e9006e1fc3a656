"""Which part of a Word document becomes the title, the lead and the captions of a post."""

import pytest

from news.importing.articles import clean_alt, compose_article
from tests.word_files import link, paragraph, picture, read_word, run, table

LONG = "Студенты третьего курса вернулись с практики. " * 12  # 552 characters
BOLD = "<w:b/>"


def compose(*body, accepted=(0,), **options):
    return compose_article(read_word(*body, **options), accepted)


def texts(article):
    return [block.text for block in article.blocks if block.text]


@pytest.mark.parametrize(
    "line",
    [
        paragraph("Практика", "a3"),
        paragraph("Практика", "1"),
        paragraph(content=run("Практика", BOLD)),
        paragraph("Практика", properties='<w:jc w:val="center"/>'),
        paragraph("Практика"),
    ],
    ids=["style", "heading", "bold", "centred", "first line"],
)
def test_the_title_is_taken_out_of_the_text(line):
    article = compose(line, paragraph("Лид."), paragraph("Текст."))
    assert (article.title, article.lead, texts(article)) == ("Практика", "Лид.", ["Текст."])
    assert article.notes == []


def test_the_style_of_a_title_counts_more_than_a_heading_before_it():
    article = compose(paragraph("Отчёт", "1"), paragraph("Практика", "a3"))
    assert (article.title, texts(article)) == ("Практика", ["Отчёт"])


def test_a_title_of_two_paragraphs_is_one_title():
    assert compose(paragraph("День", "a3"), paragraph("завода", "a3")).title == "День завода"


def test_a_heading_in_the_middle_of_the_text_stays_there():
    article = compose(
        paragraph("Практика"), paragraph("Лид."), paragraph(LONG), paragraph("План", "1")
    )
    assert article.title == "Практика"
    assert texts(article)[-1] == "План"


def test_a_line_that_looks_like_the_title_is_not_removed_with_it():
    article = compose(paragraph("Практика"), paragraph("Лид."), paragraph("Практика"))
    assert texts(article) == ["Практика"]


def test_a_long_first_paragraph_gives_its_first_sentence_and_stays():
    article = compose(paragraph(LONG))
    assert article.title == "Студенты третьего курса вернулись с практики"
    assert texts(article) == [LONG.strip()]
    assert len(article.notes) == 2


def test_a_title_never_exceeds_its_field():
    article = compose(paragraph("слово " * 100))
    assert article.title.endswith("слово…")
    assert len(article.title) <= 250


def test_a_document_of_pictures_is_named_after_its_file():
    article = compose(paragraph(content=picture()))
    assert article.title == "Отчёт"
    assert "Заголовка в\u00a0документе нет: взято имя файла" in article.notes


def test_a_table_in_front_gives_a_title_and_stays():
    article = compose(table(["Группа", "ТМ-21"]), paragraph("Лид."))
    assert article.title == "Группа ТМ-21"
    assert [block.kind for block in article.blocks] == ["table", "paragraph"]


def test_a_title_with_a_link_stays_in_the_text():
    article = compose(link("rIdLink", "День завода"), links={"rIdLink": "https://zavod.example/"})
    assert (article.title, texts(article)) == ("День завода", ["День завода"])


# Lead ---------------------------------------------------------------------------------------------


def test_the_lead_is_the_subtitle():
    article = compose(paragraph("Практика"), paragraph("Текст."), paragraph("О главном.", "a4"))
    assert (article.lead, texts(article)) == ("О главном.", ["Текст."])


def test_a_long_first_paragraph_is_not_cut_into_a_lead():
    article = compose(paragraph("Практика"), paragraph(LONG))
    assert (article.lead, texts(article)) == ("", [LONG.strip()])
    assert article.notes == [
        "Лид не\u00a0заполнен: первый абзац длиннее 500 знаков, он остался в\u00a0тексте"
    ]


def test_a_first_paragraph_with_a_link_keeps_it_in_the_text():
    links = {"rIdLink": "https://zavod.example/"}
    article = compose(paragraph("Практика"), link("rIdLink", "сайт"), links=links)
    assert (article.lead, texts(article)) == ("", ["сайт"])
    assert "ссылка" in article.notes[0]


def test_a_paragraph_under_a_heading_is_no_lead():
    article = compose(paragraph("Практика", "a3"), paragraph("План", "1"), paragraph("Текст."))
    assert (article.lead, texts(article)) == ("", ["План", "Текст."])
    assert article.notes == ["Лид не\u00a0заполнен: текст начинается не\u00a0с\u00a0абзаца"]


# Body ---------------------------------------------------------------------------------------------


def test_the_highest_heading_of_the_body_is_of_the_second_level():
    lines = [paragraph(text, style) for text, style in (("А", "2"), ("Б", "3"), ("В", "2"))]
    article = compose(paragraph("Практика", "a3"), paragraph("Лид."), *lines)
    assert article.body({}) == "<h2>А</h2><h3>Б</h3><h2>В</h2>"


def test_a_picture_stands_in_the_body_under_the_key_of_its_photograph():
    article = compose(paragraph("Практика"), paragraph("Лид."), paragraph(content=picture()))
    assert article.body({0: 17}) == '<figure data-photo="17"></figure>'
    assert article.body({}) == ""


# Captions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "caption", [paragraph("В цехе", "a5"), paragraph("Рис. 1. В цехе"), paragraph("Фото 2: цех")]
)
def test_what_stands_under_a_picture_is_its_caption(caption):
    article = compose(paragraph("А"), paragraph("Б"), paragraph(content=picture()), caption)
    assert len(article.captions[0]) > 5
    assert texts(article) == []


def test_the_caption_of_a_missing_picture_stays_in_the_text():
    lines = [paragraph("А"), paragraph("Б"), paragraph(content=picture()), paragraph("В", "a5")]
    article = compose(*lines, accepted=())
    assert (article.captions, texts(article)) == ({}, ["В"])


@pytest.mark.parametrize("caption", [paragraph("Обычный текст"), paragraph("Рис. 1. " + LONG)])
def test_a_text_under_a_picture_that_is_no_caption_stays(caption):
    article = compose(paragraph("А"), paragraph("Б"), paragraph(content=picture()), caption)
    assert (article.captions, len(texts(article))) == ({}, 1)


# Alternative texts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Изображение выглядит как человек, одежда",
        "Изображение, содержащее текст",
        "Группа людей Автоматически созданное описание",
        "Здание, AI-generated content may be incorrect.",
        "Содержимое, созданное искусственным интеллектом, может быть неверным.",
        "A picture containing person",
        "IMG_20261101_120000",
        "цех 1.JPG",
        "C:\\Users\\Анна\\цех",
        "Рисунок 3",
        "WhatsApp Image 2026-11-01 at 10.00",
        "2026-11-01",
    ],
)
def test_what_nobody_wrote_is_no_alternative_text(text):
    assert clean_alt(text) == ""


def test_a_written_alternative_text_is_kept():
    assert clean_alt("Студент  у\nстанка") == "Студент у станка"
