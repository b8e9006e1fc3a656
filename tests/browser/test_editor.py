"""The controls of the editor: names, keyboard, dialogs, videos in the text."""

import re

import pytest
from playwright.sync_api import expect

from news.models import Post
from tests import factories
from tests.browser.test_paste import PASTE
from tests.browser.test_post_admin import log_in

KEY = "3eac3b4561676c17df9132a9a1e62e3e"
RUTUBE = f"https://rutube.ru/video/{KEY}/"
MARK = f'<figure data-video="{RUTUBE}"></figure>'
PASTE_TEXT = PASTE.replace("text/html", "text/plain")
# What each button does to a selected word, or to the document.
EFFECTS = {
    "Заголовок": "<h2>слово</h2>",
    "Подзаголовок": "<h3>слово</h3>",
    "Список": "<ul><li><p>слово</p></li></ul>",
    "Нумерованный список": "<li><p>слово</p></li></ol>",
    "Цитата": "<blockquote><p>слово</p></blockquote>",
    "Полужирный": "<p><strong>слово</strong></p>",
    "Курсив": "<p><em>слово</em></p>",
    "Нижний индекс": "<p><sub>слово</sub></p>",
    "Верхний индекс": "<p><sup>слово</sup></p>",
}


@pytest.fixture
def form(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Видео")
    expect(page.locator(".prose-menubar")).to_be_visible()
    return page


def area(page):
    return page.get_by_role("textbox", name="Текст", exact=True)


def body_of(page):
    return page.locator("textarea[name=body]").input_value()


def write(page, text):
    area(page).press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    page.keyboard.press("Control+a")


def test_the_focus_of_the_field_goes_into_the_editor_that_replaces_it(page):
    held = []
    page.route("**/placed_photo*.js", lambda route: held.append(route))
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_role("link", name="Напишите текст").click()
    expect(page.locator("textarea[name=body]")).to_be_focused()
    for route in held:
        route.continue_()
    expect(area(page)).to_be_focused()


def test_every_button_is_named_in_russian_and_in_the_order_of_tab(form):
    buttons = form.locator(".prose-menubar button")
    names = [button.get_attribute("aria-label") for button in buttons.all()]
    assert [name for name in names if not re.match("[А-ЯЁ][а-яё]", name or "")] == []
    assert form.locator(".prose-menubar [tabindex='-1']").count() == 0
    assert form.locator(".prose-menubar :is(div, span)[title]").count() == 0
    form.get_by_label("Лид:").focus()
    reached = []
    visible = [
        button.get_attribute("aria-label") for button in buttons.all() if button.is_visible()
    ]
    for _ in visible:
        form.keyboard.press("Tab")
        reached.append(form.evaluate("document.activeElement.ariaLabel"))
    assert reached == visible


def test_enter_on_each_button_does_what_its_name_says(form):
    wrong = {}
    for name, expected in EFFECTS.items():
        write(form, "слово")
        form.get_by_role("button", name=name, exact=True).press("Enter")
        if expected not in body_of(form):
            wrong[name] = body_of(form)
        area(form).press("Control+a")
        form.get_by_role("button", name="Отменить", exact=True).press("Enter")
        if expected in body_of(form):
            wrong[f"{name}, undone"] = body_of(form)
        area(form).press("Control+a")
        for undone in ("Список", "Нумерованный список", "Цитата"):
            if (
                form.get_by_role("button", name=undone, exact=True).get_attribute("aria-pressed")
                == "true"
            ):
                form.get_by_role("button", name=undone, exact=True).press("Enter")
    assert wrong == {}


def test_a_link_and_a_table_are_made_by_keyboard_in_russian_dialogs(form):
    write(form, "сайт")
    form.get_by_role("button", name=re.compile("^Ссылка")).press("Enter")
    dialog = form.get_by_role("dialog", name=re.compile("[Сс]сылк"))
    expect(dialog).to_be_visible()
    assert re.search("[A-Za-z]{3}", dialog.inner_text().replace("URL", "")) is None
    form.keyboard.type("https://example.ru/")
    form.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    assert 'href="https://example.ru/"' in body_of(form)
    expect(area(form)).to_be_focused()
    form.keyboard.press("End")
    form.get_by_role("button", name="Таблица", exact=True).press("Enter")
    dialog = form.get_by_role("dialog", name=re.compile("[Тт]аблиц"))
    assert re.search("[A-Za-z]{3}", dialog.inner_text()) is None
    form.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    assert body_of(form).count("<th>") == 3
    expect(area(form)).to_be_focused()


def test_escape_closes_a_dialog_and_returns_to_the_text(form):
    for name in ("Таблица", "Видео"):
        form.get_by_role("button", name=name, exact=True).press("Enter")
        expect(form.get_by_role("dialog")).to_be_visible()
        form.keyboard.press("Escape")
        expect(form.get_by_role("dialog")).to_have_count(0)
        expect(area(form)).to_be_focused()


def test_a_video_is_inserted_by_its_address_named_and_saved(form):
    write(form, "Раньше")
    form.keyboard.press("End")
    form.get_by_role("button", name="Видео", exact=True).press("Enter")
    form.keyboard.type("https://youtu.be/x")
    form.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("Загрузите видео на RuTube или VK Видео")
    expect(form.get_by_role("textbox", name="Адрес видео")).to_be_focused()
    form.get_by_role("textbox", name="Адрес видео").fill(f"http://www.rutube.ru/video/{KEY}/?r=wd")
    form.keyboard.press("Enter")
    expect(form.locator(".prose-editor .placed-video")).to_contain_text(f"rutube.ru/video/{KEY}")
    form.keyboard.type("Дальше")
    form.locator(".prose-editor .placed-video").click()
    form.get_by_role("button", name="Видео", exact=True).press("Enter")
    form.get_by_role("textbox", name="Название видео", exact=True).fill("Сварка")
    form.keyboard.press("Enter")
    expect(form.locator(".prose-editor .placed-video")).to_contain_text("▶ Сварка")
    form.get_by_role("button", name="Сохранить черновик").click()
    form.wait_for_url("**/admin/news/post/")
    named = MARK.replace("></", ' data-title="Сварка"></')
    assert Post.objects.get().body == f"<p>Раньше</p>{named}<p>Дальше</p>"


def test_an_address_pasted_on_a_line_of_its_own_becomes_a_video(form):
    area(form).click()
    form.evaluate(PASTE_TEXT, [area(form).element_handle(), RUTUBE])
    expect(form.locator(".prose-editor .placed-video")).to_have_count(1)
    assert MARK in body_of(form)
    form.keyboard.type("Смотрите ")
    form.evaluate(PASTE_TEXT, [area(form).element_handle(), RUTUBE])
    expect(form.locator(".prose-editor .placed-video")).to_have_count(1)
    assert f'href="{RUTUBE}"' in body_of(form)


def test_the_player_in_the_text_is_loaded_only_after_a_click(page):
    found = []
    page.on("request", lambda request: found.append(request.url))
    page.route("https://rutube.ru/**", lambda route: route.fulfill(body="<p>player</p>"))
    post = factories.post(body=f"<p>Раз.</p>{MARK}")
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    assert [url for url in found if "//localhost" not in url] == []
    page.get_by_role("link", name="Смотреть здесь").press("Enter")
    player = page.locator("iframe.video__player")
    expect(player).to_have_attribute("src", f"https://rutube.ru/play/embed/{KEY}?autoplay=true")
    expect(player).to_have_attribute("title", f"Видео: {post.title}")
    expect(page.frame_locator("iframe.video__player").locator("p")).to_have_text("player")
