"""A teacher writes a post in the admin, visitors read it."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Post
from tests import factories

LINK = "Ссылка: сначала выделите слова"


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Имя пользователя").fill(user.username)
    page.get_by_label("Пароль").fill(factories.PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page.locator("#user-tools")).to_be_visible()


def files(*names):
    return [
        {
            "name": name,
            "mimeType": "image/jpeg",
            "buffer": factories.picture_bytes((400, 300 + number)),
        }
        for number, name in enumerate(names)
    ]


def test_a_visitor_sees_the_post_a_teacher_published_with_photos(open_browser):
    factories.college()
    teacher = open_browser()
    log_in(teacher, factories.staff())
    teacher.goto("/admin/news/post/add/")
    teacher.get_by_label("Заголовок:").fill("Практика на заводе")
    teacher.get_by_label("Лид:").fill("Третий курс вернулся из цеха.")
    area = teacher.get_by_role("textbox", name="Текст", exact=True)
    area.click()
    teacher.get_by_role("button", name="Полужирный").click()
    area.press_sequentially("Месяц")
    teacher.get_by_role("button", name="Полужирный").click()
    area.press_sequentially(" у станков.")
    teacher.locator(".photos__input").set_input_files(files("IMG_1.jpg", "IMG_2.jpg"))
    expect(teacher.locator(".photos .photo")).to_have_count(2)
    teacher.get_by_role("button", name="Опубликовать сейчас").click()
    teacher.get_by_text("Практика на заводе").first.wait_for()

    visitor = open_browser()
    visitor.goto("/")
    visitor.get_by_role("link", name="Практика на заводе").click()
    expect(visitor.locator(".rich-text strong")).to_have_text("Месяц")
    expect(visitor.locator(".post__cover img")).to_have_count(1)
    expect(visitor.locator(".gallery img")).to_have_count(1)


def test_a_saved_draft_is_not_visible_to_visitors(open_browser):
    teacher = open_browser()
    log_in(teacher, factories.staff())
    teacher.goto("/admin/news/post/add/")
    teacher.get_by_label("Заголовок:").fill("Черновик статьи")
    teacher.get_by_role("button", name="Сохранить черновик").click()
    teacher.get_by_text("Черновик статьи").first.wait_for()
    visitor = open_browser()
    response = visitor.goto(Post.objects.get().get_absolute_url())
    assert response.status == 404


def test_the_editor_toolbar_is_complete_and_in_russian(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    toolbar = page.locator(".prose-menubar")
    toolbar.wait_for()
    for name in ("Список", "Нумерованный список", "Цитата", LINK, "Таблица", "Курсив"):
        assert toolbar.get_by_role("button", name=name, exact=True).count() == 1, name
    titles = page.eval_on_selector_all(".prose-menubar [title]", "all => all.map(e => e.title)")
    assert not [title for title in titles if title.isascii()]


def open_dialog(page, button, text=""):
    """Select `text` and open the dialog of a toolbar button of the editor."""
    page.goto("/admin/news/post/add/")
    area = page.get_by_role("textbox", name="Текст", exact=True)
    area.press_sequentially(text)
    area.press("Control+a")
    page.locator(".prose-menubar").get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize("button", [LINK, "Таблица"])
def test_the_dialogs_of_the_editor_are_in_russian(page, button):
    log_in(page, factories.staff())
    dialog = open_dialog(page, button, "Текст")
    words = dialog.locator("h3, label, button, option").all_text_contents()
    assert words
    assert not [word for word in words if word.isascii()]


def test_a_new_table_has_a_header_row_by_default(page):
    log_in(page, factories.staff())
    open_dialog(page, "Таблица").get_by_role("button", name="Вставить таблицу").click()
    area = page.get_by_role("textbox", name="Текст", exact=True)
    expect(area.locator("th")).to_have_count(3)
    dialog = open_dialog(page, "Таблица")
    dialog.get_by_label("С заголовком").select_option("Нет")
    dialog.get_by_role("button", name="Вставить таблицу").click()
    expect(area.locator("td")).to_have_count(9)


@pytest.mark.parametrize("label", ["Место:", "Начало:"])
def test_pressing_enter_in_a_field_does_not_publish(page, label):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Недописанное")
    page.get_by_label(label).press("Enter")
    expect(page.get_by_text("Добавлено: публикация «Недописанное».")).to_be_visible()
    assert Post.objects.get().state == Post.State.DRAFT


def test_the_save_button_shows_the_stored_time_until_changed(page):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    post = factories.post(published_at=tomorrow)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    button = page.locator(".submit-row [name=_save]")
    assert button.input_value().startswith("Сохранить: выйдет ")
    page.get_by_label("Дата выхода").focus()
    assert button.input_value().startswith("Сохранить: выйдет ")
    page.get_by_label("Дата выхода").fill("2030-03-02")
    expect(button).to_have_value("Сохранить с указанным временем выхода")


@pytest.mark.parametrize("address", ["", "add/", "{}/change/"])
def test_the_post_admin_fits_on_a_phone(open_browser, address):
    post = factories.photo(is_cover=True).post
    post.unpublish()
    page = open_browser(width=360)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{address.format(post.pk)}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    wide = """all => all.filter(e => e.getBoundingClientRect().right > 360).map(e => e.outerHTML)"""
    parts = "#result_list :is(a, td), .submit-row input, .form-row input"
    assert page.locator(parts).evaluate_all(wide) == []


def test_the_post_list_is_not_cut_off_on_a_phone(open_browser):
    factories.photo(is_cover=True)
    page = open_browser(width=360)
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    hidden = "e => e.scrollWidth - e.clientWidth"
    assert page.locator("#changelist-form .results").evaluate(hidden) == 0
    thumbnail = page.locator("#result_list .thumbnail").bounding_box()
    title = page.locator("#result_list .field-title a").bounding_box()
    assert title["x"] >= thumbnail["x"] + thumbnail["width"] + 8


@pytest.mark.parametrize("width", [360, 767, 1280])
def test_the_controls_of_a_photograph_can_be_touched(open_browser, width):
    post = factories.photo().post
    page = open_browser(width=width)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    missed = """all => all.filter(e => {
      e.scrollIntoView({block: "center"});
      const box = e.getBoundingClientRect();
      const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return !e.contains(hit);
    }).map(e => e.outerHTML)"""
    controls = page.locator(".photos .photo button")
    assert controls.count() == 6
    assert controls.evaluate_all(missed) == []


def test_a_post_is_shown_after_logging_in_again_and_then_saved(page):
    teacher = factories.staff()
    log_in(page, teacher)
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Практика на заводе")
    page.get_by_role("textbox", name="Текст", exact=True).press_sequentially("Месяц у станков.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Опубликовать сейчас").click()
    page.get_by_label("Имя пользователя").fill(teacher.username)
    page.get_by_label("Пароль").fill(factories.PASSWORD)
    page.get_by_role("button", name="Войти и открыть форму").click()
    expect(page.get_by_label("Заголовок:")).to_have_value("Практика на заводе")
    assert not Post.objects.exists()
    page.get_by_role("button", name="Сохранить черновик").click()
    expect(page.get_by_role("alert").or_(page.locator(".messagelist"))).to_be_visible()
    assert Post.objects.get().body == "<p>Месяц у станков.</p>"
    assert Post.objects.get().state == Post.State.DRAFT
