"""A teacher drops a Word file on the admin and finds a draft with everything in its place."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from news.models import Post
from tests import factories
from tests.browser.test_accessibility import RULES
from tests.browser.test_post_admin import log_in
from tests.word_files import item, paragraph, photo_bytes, picture, table, word_bytes

ADDRESS = "/admin/news/post/import/"
CREATE_TRANSFER = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  return transfer;
}"""


def report_bytes():
    """A report with a list, a table and two pictures."""
    photos = {"a": photo_bytes((400, 300)), "b": photo_bytes((300, 400))}
    return word_bytes(
        paragraph("Практика на заводе", "a3"),
        paragraph("Третий курс вернулся из цеха."),
        paragraph("Мы видели:", content=picture("a")),
        item("станки"),
        item("склад"),
        table(["Группа", "Мест"], ["ТМ-21", "25"], header=True),
        paragraph(content=picture("b")),
        paragraph("Рис. 2. Склад", "a5"),
        photos=photos,
    )


def drag(page, event, content, name="Отчёт.docx", target="body"):
    encoded = base64.b64encode(content).decode()
    transfer = page.evaluate_handle(CREATE_TRANSFER, [name, encoded])
    page.dispatch_event(target, event, {"dataTransfer": transfer})


def drop(page, content, **options):
    drag(page, "dragover", content, **options)
    drag(page, "drop", content, **options)


def expect_draft(page):
    """The form of the draft, with all of the report in its place."""
    expect(page.get_by_label("Заголовок:")).to_have_value("Практика на заводе")
    expect(page.get_by_label("Лид:")).to_have_value("Третий курс вернулся из цеха.")
    area = page.get_by_role("textbox", name="Текст", exact=True)
    expect(area.locator("li")).to_have_text(["станки", "склад"])
    expect(area.locator("th")).to_have_text(["Группа", "Мест"])
    expect(area.locator("figure img")).to_have_count(2)
    expect(page.locator("#id_photos-1-caption")).to_have_value("Рис. 2. Склад")


def test_a_file_dropped_on_the_list_opens_as_a_draft(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    drop(page, report_bytes())
    expect_draft(page)
    assert Post.objects.get().state == Post.State.DRAFT


def test_a_file_dropped_on_an_empty_form_opens_as_a_draft(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    drop(page, report_bytes(), target=".prose-editor [contenteditable]")
    expect_draft(page)


def test_a_written_form_stays_open_when_a_file_is_dropped_on_it(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Другое событие")
    drop(page, report_bytes())
    expect(page.get_by_text("черновик из файла откроется в новой вкладке")).to_be_visible()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect_draft(opened.value)
    expect(page.get_by_label("Заголовок:")).to_have_value("Другое событие")


def test_a_dragged_file_is_welcomed_and_forgotten_when_it_leaves(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    welcome = page.get_by_text("Отпустите файл Word: из него получится черновик.")
    drag(page, "dragover", b"x")
    expect(welcome).to_be_visible()
    drag(page, "dragleave", b"x")
    expect(welcome).to_be_hidden()


def test_a_photograph_dropped_on_the_list_is_not_taken_for_a_document(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    drop(page, b"x", name="IMG_1.jpg")
    expect(page.locator("[data-word-form]")).to_be_hidden()


def test_a_file_over_the_limit_is_refused_before_it_is_sent(page):
    log_in(page, factories.staff())
    page.goto(ADDRESS)
    page.locator("#id_file").evaluate("input => { input.dataset.limit = 1048576; }")
    page.get_by_label("Документ Word").set_input_files(
        [{"name": "Отчёт.docx", "mimeType": "", "buffer": bytes(2 * 2**20)}]
    )
    expect(page.get_by_role("status")).to_contain_text("Отчёт.docx: 2 МБ, а принимаются")
    assert page.get_by_label("Документ Word").input_value() == ""


def test_a_refused_file_is_explained_on_its_page(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    drop(page, b"{\\rtf1}", name="План.rtf")
    expect(page.locator(".errorlist")).to_contain_text("План.rtf: Это документ RTF.")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_keyboard_alone_makes_a_draft_of_a_file(open_browser, javascript):
    page = open_browser(javascript=javascript)
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    page.get_by_role("link", name="Новая публикация из Word").press("Enter")
    page.get_by_label("Документ Word").set_input_files(
        [{"name": "Отчёт.docx", "mimeType": "", "buffer": report_bytes()}]
    )
    page.get_by_role("button", name="Создать черновик").press("Enter")
    expect(page.get_by_label("Заголовок:")).to_have_value("Практика на заводе")
    assert "Черновик «Практика на заводе» создан" in page.locator(".messagelist").inner_text()


def test_two_clicks_make_one_draft(page):
    log_in(page, factories.staff())
    page.goto(ADDRESS)
    page.get_by_label("Документ Word").set_input_files(
        [{"name": "Отчёт.docx", "mimeType": "", "buffer": report_bytes()}]
    )
    page.get_by_role("button", name="Создать черновик").evaluate("b => { b.click(); b.click(); }")
    expect_draft(page)
    assert Post.objects.count() == 1


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_and_its_errors_are_accessible(open_browser, dark):
    page = open_browser(dark=dark, audit=True)
    log_in(page, factories.staff())
    page.goto(ADDRESS)
    page.get_by_label("Документ Word").set_input_files(
        [{"name": "План.rtf", "mimeType": "", "buffer": b"{\\rtf1}"}]
    )
    page.get_by_role("button", name="Создать черновик").click()
    expect(page.locator(".errorlist")).to_be_visible()
    found = Axe().run(page, context="#content-main", options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("address", ["/admin/news/post/", ADDRESS])
def test_the_pages_fit_on_a_phone(open_browser, address):
    page = open_browser(width=360)
    log_in(page, factories.staff())
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
