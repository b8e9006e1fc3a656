"""A teacher pastes from Word, Google Docs, Excel, LibreOffice and messengers into the editor."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from college_site.rich_text import sanitize
from news.models import Post
from tests import factories
from tests.browser.test_post_admin import log_in

CASES = Path(__file__).parents[1] / "cases" / "paste"
PASTE = """([area, html]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    area.dispatchEvent(new ClipboardEvent("paste", {
        clipboardData: data, bubbles: true, cancelable: true,
    }));
}"""


@pytest.fixture
def editor(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    return page.get_by_role("textbox", name="Текст", exact=True)


def paste(editor, html):
    """The HTML that would be saved after a paste into the emptied editor."""
    editor.press("Control+a")
    editor.press("Delete")
    editor.page.evaluate(PASTE, [editor.element_handle(), html])
    html = editor.page.locator("textarea[name=body]").input_value()
    return sanitize(html).replace("&nbsp;", " ")


EXPECTED = {
    "b_normal.html": ("<p>обычный абзац</p><p><strong>жирный</strong></p>"),
    "span_bold.html": ("<p><strong>жирный</strong> <em>курсив</em> обычный</p>"),
    "superscript.html": (
        "<p>Сопротивление 10<sup>3</sup> Ом, площадь 25 м<sup>2</sup>, формула H<sub>2<"
        "/sub>SO<sub>4</sub></p>"
    ),
    "superscript_css.html": ("<p>10<sup>3</sup> Ом</p>"),
    "deleted_revision.html": ("<p>Наградить премировать мастера зачёркнуто</p>"),
    "headings.html": ("<h2>Главный</h2><h2>Второй</h2><h3>Четвёртый</h3><h2>Название</h2>"),
    "image_local.html": ("<p>До снимка после</p>"),
    "footnote.html": ("<p>По приказу[1] директора.</p><p>[1] Приказ № 17.</p>"),
    "links.html": (
        '<p><a href="https://www.example.ru">www</a> <a href="http://пример.рф/а%20б">р'
        'ф</a> <a href="https://example.ru/a">голый</a> файл</p>'
    ),
    "plain_url.html": (
        '<p>Сайт <a href="https://www.example.ru">www.example.ru</a> и <a href="https:/'
        '/example.ru/путь">https://example.ru/путь</a></p>'
    ),
    "word_bullets.html": (
        "<ul><li><p>Первое</p></li><li><p>Второе</p><ul><li><p>Вложенное</p></li></ul><"
        "/li><li><p>Третье</p></li></ul>"
    ),
    "word_numbers.html": (
        '<ol data-type="decimal"><li><p>Раз</p></li><li><p>Два</p><ol data-type="decima'
        'l"><li><p>Два а</p></li></ol></li><li><p>Три</p></li></ol>'
    ),
    "word_table_merged.html": (
        '<table><tbody><tr><td colspan="2"><p><strong>Итоги</strong></p></td><td rowspa'
        'n="2"><p>Балл</p></td></tr><tr><td><p>Группа</p></td><td><p>Место</p></td></tr'
        "><tr><td><p>ТМ-21</p></td><td><p>1</p></td><td><p>98</p></td></tr></tbody></ta"
        "ble>"
    ),
    "excel.html": (
        "<table><tbody><tr><td><p>ТМ-21</p></td><td><p>98,5</p></td></tr><tr><td colspa"
        'n="2"><p>итого</p></td></tr></tbody></table>'
    ),
    "nested_div_br.html": ("<p>строка 1<br><br>строка 2</p><p>строка 3</p>"),
    "marquee_center.html": ("<p>по центру</p><p>Директор</p>"),
    "pages_break.html": ("<p>Итог</p><p>Дальше</p>"),
    "telegram.html": ("<p>текст\u200b с нулевым\u2060 пробелом</p>"),
    "docs_list.html": (
        "<ul><li><p><strong>Раз</strong></p><ul><li><p><em>Два</em></p></li></ul></li></ul>"
    ),
    "word_comment.html": ("<p>Текст дальше</p>"),
    "word_hidden.html": ("<p>Видно.</p>"),
    "word_numbers_from_three.html": (
        '<ol data-type="decimal" start="3"><li><p>Три</p></li><li><p>Четыре</p></li></o'
        "l><p>Абзац</p><ul><li><p>Пункт</p></li></ul>"
    ),
    "word_headings_by_style.html": (
        "<h3>Подзаголовок</h3><h2>Первый</h2><h3>Третий</h3><h3>Седьмой</h3>"
    ),
    "libreoffice_revision.html": ("<p>Было хорошо H<sub>2</sub>O и прямо</p>"),
    "pictures_and_smileys.html": ("<p>Ура 😀</p>"),
    "docs_comment.html": ("<p>Текст</p>"),
    "messenger_link.html": (
        '<p>Запись: <a href="https://college.example.ru/%D0%B7%D0%B0%D0%BF%D0%B8%D1%81%'
        'D1%8C?a=1">тут</a>, <a href="mailto:a@example.ru">почта</a>, местная, нет</p>'
    ),
    "r7_office.html": (
        "<h2>Итоги практики</h2><p>Группа <strong>ТМ-21</strong> вернулась, сайт <a hre"
        'f="https://example.ru/praktika">example.ru</a>.</p><p><strong>Важно.</strong></p>'
        "<ul><li><p><em>сварка</em></p></li><li><p>токарное дело</p></li></ul><table><tb"
        "ody><tr><td><p>Станок</p></td><td><p>3</p></td></tr></tbody></table>"
    ),
    "qt_rich_text.html": (
        "<h2>План недели</h2><p>Встреча <strong>в среду</strong>, <em>актовый зал</em>.<"
        '/p><ol data-type="decimal"><li><p>Открытие</p></li><li><p>Награждение</p></li></ol>'
    ),
    "web_page.html": (
        "<h2>День профессий</h2><p>Прошёл <strong>в субботу</strong>. Подробнее, <a href"
        '="https://example.ru/a?b=1#c">на сайте</a>.</p><p>Зал</p><blockquote><p>Было ин'
        "тересно.</p></blockquote><ul><li><p>раз</p></li><li><p>два</p><ul><li><p>три</p"
        "></li></ul></li></ul><h3>Состав</h3><p>Жюри</p><p>мастера</p><p>красный черта м"
        "етка a--b</p>"
    ),
}


def test_what_is_pasted_becomes_what_it_looked_like(editor):
    wrong = {}
    for name, expected in EXPECTED.items():
        if (found := paste(editor, (CASES / name).read_text())) != expected:
            wrong[name] = found
    assert wrong == {}


def test_every_case_has_an_expected_result():
    assert {path.name for path in CASES.iterdir()} == set(EXPECTED)


def test_pictures_that_stay_behind_are_counted(editor):
    paste(editor, (CASES / "pictures_and_smileys.html").read_text())
    expect(editor.page.locator(".paste-note")).to_contain_text("Рисунков не вставлено: 2.")
    paste(editor, "<p>Без рисунков</p>")
    expect(editor.page.locator(".paste-note")).to_have_count(0)


def test_what_is_copied_within_the_editor_stays_as_it_is(editor):
    html = '<h3 data-pm-slice="0 0 []">Итоги</h3><p>H<sub>2</sub>O</p>'
    assert paste(editor, html) == "<h3>Итоги</h3><p>H<sub>2</sub>O</p>"


def test_two_quick_clicks_on_a_button_save_once(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Один раз")
    page.get_by_role("button", name="Сохранить черновик").dblclick()
    page.get_by_text("Один раз").first.wait_for()
    assert Post.objects.count() == 1
