"""What the check of typography changes in a line of text, and what it never touches."""

import pytest

from tests import factories
from tests.browser.test_post_admin import log_in

CHANGE = """async ({texts}) => {
    const module = await import("/static/js/admin/text_check/typography.js");
    const list = module.createTypograph(window.Typograf);
    return texts.map((text) =>
        module.applyEdits(text, list(text).flatMap(({edits}) => edits)).replaceAll("\\u00a0", "␣"));
}"""
CHANGE_PARTS = """async ({texts}) => {
    const {applyEdits, createTypograph, splitParts} = await import(
        "/static/js/admin/text_check/typography.js");
    const list = createTypograph(window.Typograf);
    const change = ({text}) => applyEdits(text, list(text).flatMap(({edits}) => edits));
    return texts.map((text) => splitParts(text).map(change));
}"""
TIME = """async ({texts}) => {
    const {createTypograph, splitParts} = await import(
        "/static/js/admin/text_check/typography.js");
    const list = createTypograph(window.Typograf);
    return texts.flatMap(splitParts).map(({text}) => {
        const start = performance.now();
        list(text);
        return performance.now() - start;
    });
}"""
CHANGED = {
    'АО "Апатит" и ООО "Т Плюс"': "АО «Апатит» и ООО␣«Т Плюс»",
    'клуб "Школа "Мир" техникума"': "клуб «Школа „Мир“ техникума»",
    '"Да!" - ответил он': "«Да!» — ответил он",
    "прошло совещание - механизмы...": "прошло совещание — механизмы…",
    "2020-2022 гг., с 10-15 марта": "2020–2022␣гг., с 10–15␣марта",
    "№ 5, 5 кг, г. Саратов, ул. Ленина": "№␣5, 5␣кг, г.␣Саратов, ул.␣Ленина",
    "И. И. Иванов, 2022г., т.д.": "И.␣И.␣Иванов, 2022␣г., т.␣д.",
    "слово , слово ( скобки ) два  пробела": "слово, слово (скобки) два пробела",
}
UNTOUCHED = [
    "Без изменений — «всё» верно…",
    "24\u00a0мая\u00a0— уже набрано",
    "https://example.ru/a--b...c?x=1,5 и www.example.ru/a...b",
    "почта a--b@example.ru и колледж.рф/путь--1",
    "файл отчёт--итог...1.docx и plan.v1...2.pdf",
    "`a - b...` и <a title='x - y...'> и &quot;x&quot; и &nbsp;",
    "группа ТМ-21, 3-я смена, из-за, кто-то, телефон 8 (8453) 44-36-22",
    '9" дюймов',  # one mark alone is no quotation
    "x10x2 1-ый 10x10 +-5 (c) 1/2 -> что то",  # letters and digits stay
    "\u202eслвоо\u202c \u200b\u00ad",
    "",
]
HOSTILE = [
    "а",
    "1-",
    " ",
    "a.",
    "(а ",
    "«",
    '"',
    ".",
    "<a ",
    "а@",
    "А. ",
    "- ",
    "&a",
    "\u200f",
    "ё\u0301",
]


@pytest.fixture
def run(page):
    """A function that runs a script on texts in a page with the library."""
    log_in(page, factories.staff())
    page.add_script_tag(url="/static/vendor/typograf/typograf.min.js")
    return lambda script, texts: page.evaluate(script, {"texts": list(texts)})


def test_quotation_marks_dashes_ellipses_and_spaces_are_corrected(run):
    found = dict(zip(CHANGED, run(CHANGE, CHANGED), strict=True))
    assert found == CHANGED


def test_a_corrected_text_is_left_as_it_is(run):
    corrected = [text.replace("␣", "\u00a0") for text in CHANGED.values()]
    assert run(CHANGE, corrected) == list(CHANGED.values())


def test_addresses_files_code_and_words_are_never_touched(run):
    shown = [text.replace("\u00a0", "␣") for text in UNTOUCHED]
    assert run(CHANGE, UNTOUCHED) == shown


def test_a_long_line_is_corrected_in_parts_between_sentences(run):
    sentence = 'Клуб "Заря" - наш. '
    [parts] = run(CHANGE_PARTS, [sentence * 900])
    assert "".join(parts) == "Клуб «Заря» — наш. " * 900
    assert len(parts) == 4
    assert all(len(part) <= 5000 for part in parts)


def test_a_long_line_without_sentences_loses_nothing(run):
    texts = ["слово " * 2000, "а" * 12_000]
    assert ["".join(parts) for parts in run(CHANGE_PARTS, texts)] == texts


def test_no_text_stalls_the_page(run):
    lines = [sign * (5000 // len(sign)) for sign in HOSTILE]
    assert max(run(TIME, [*lines, *(sign * 200_000 for sign in HOSTILE)])) < 1000
