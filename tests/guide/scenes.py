"""What a teacher, an editor and a keeper do while the pictures of the guide are taken.

Each scene stands for itself: it logs in, opens pages and hands parts of them to the camera.
"""

import datetime
import re

from playwright.sync_api import expect

from tests.guide.word_file import write_report
from tests.scratch_site import PASSWORD

POSTS = "/admin/news/post/"


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Имя пользователя").fill(user)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page.locator("#user-tools")).to_be_visible()


def open_post(page, title):
    page.goto(f"{POSTS}?q={title}")
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_label("Заголовок:")).to_have_value(title)


def publish_panel(page):
    """The panel that holds the state and the buttons, or the row of buttons alone."""
    return page.locator("[data-publish], .submit-row").first


def press(page, name):
    """Press a button of the panel, which may be folded."""
    button = page.get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        page.locator(".publish__toggle").click()
    button.click()


def click_if_there(locator):
    if locator.count():
        locator.first.click()


# From the Word file to the review ----------------------------------------------------------------


def shoot_report(open_page, camera, photographs):
    page = open_page()
    log_in(page, "Автор")
    page.goto(f"{POSTS}import/")
    report = write_report(photographs[0].parent, photographs[-1])
    page.get_by_label("Документ Word").set_input_files(report)
    camera.shoot("word-page", page.locator("#content"), has_buttons=True)
    page.get_by_role("button", name="Создать черновик").click()
    expect(page.locator(".photos .photo")).to_have_count(1, timeout=120_000)
    title = page.locator(".form-row", has=page.get_by_label("Заголовок:"))
    text = page.locator(".form-row.field-body")
    camera.shoot("draft-from-word", title, text, height=480)
    camera.shoot("editor", page.locator(".prose-editor").first, height=420)
    camera.shoot("checklist", page.locator(".checklist"))
    shoot_text_check(page, camera)
    shoot_photographs(page, camera, photographs[:-1])
    camera.shoot("panel-author", publish_panel(page), has_buttons=True)
    press(page, "Сохранить и продолжить")
    expect(page.locator(".messagelist .success").first).to_be_visible()
    shoot_preview(page, camera)


def shoot_text_check(page, camera):
    button = page.get_by_role("button", name="Проверить текст")
    if button.count():
        button.click()
        expect(page.locator(".text-check li").first).to_be_visible(timeout=60_000)
    camera.shoot("text-check", page.locator(".text-check"), height=480)


def shoot_photographs(page, camera, photographs):
    rows = page.locator(".photos .photo")
    page.get_by_label("Автор всех снимков").fill("Пресс-центр техникума")
    page.get_by_label("Люди на всех снимках").select_option(label="открытое мероприятие")
    page.locator(".photos__input").set_input_files(photographs)
    expect(rows).to_have_count(len(photographs) + 1, timeout=120_000)
    camera.shoot("photos-all", page.locator(".photos__drop"), page.locator(".photos__all"))
    row = rows.nth(1)
    row.get_by_label("Подпись").fill("Мастер завода отвечает на вопросы студентов")
    row.get_by_label("Что на снимке").fill("Полный актовый зал, на сцене пять человек за столом.")
    row.get_by_label("Что на снимке").press("Tab")
    expect(row.locator(".photo__note")).to_have_text("Сохранено.")
    camera.shoot("photo-row", row)
    area = page.get_by_role("textbox", name="Текст", exact=True)
    area.locator("p").first.click()
    row.get_by_role("button", name="Вставить в текст").click()
    placed = area.locator(".placed-photo").first
    expect(placed.locator("img")).to_be_visible()
    camera.shoot("placed", area.locator("p").first, placed, area.locator("h2, h3").first)
    shoot_library(page, camera)


def shoot_library(page, camera):
    button = page.get_by_role("button", name="Взять из прежних")
    if button.count():
        button.click()
        expect(page.locator(".library__list img").nth(5)).to_be_visible()
        page.locator(".library__list input").first.check()
    camera.shoot("library", page.locator("dialog[open]"), height=340)
    if button.count():
        page.keyboard.press("Escape")


def shoot_preview(page, camera):
    page.goto(re.sub(r"change/.*", "preview/", page.url))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    camera.shoot("preview", page.locator("body"), height=560)
    page.goto(page.url.replace("preview/", "change/"))
    panel = page.locator("#preview-links")
    panel.get_by_role("button", name="Создать ссылку").click()
    expect(panel.get_by_label("Новая ссылка")).to_be_visible()
    camera.shoot("secret-link", panel)


# What was interrupted -----------------------------------------------------------------------------


def shoot_recovery(open_page, camera, _):
    page = open_page()
    log_in(page, "Автор")
    page.goto(f"{POSTS}add/")
    page.get_by_label("Заголовок:").fill("Встреча выпускников")
    page.get_by_label("Лид:").fill("Тридцать лет спустя в той же аудитории.")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Сохранено в черновике")
    page.goto(POSTS)
    camera.shoot("offers", page.locator(".post-offers"))


def shoot_conflict(open_page, camera, _):
    editor, other = open_page(), open_page()
    log_in(editor, "Редактор")
    log_in(other, "Сотрудник")
    for page in (editor, other):
        open_post(page, "Неделя специальности")
    other.get_by_label("Лид:").fill("Пять дней открытых занятий, каждый может прийти.")
    press(other, "Сохранить и продолжить")
    expect(other.locator(".messagelist .success").first).to_be_visible()
    editor.get_by_label("Лид:").fill("Пять дней открытых занятий и ярмарка вакансий.")
    press(editor, "Сохранить и продолжить")
    camera.shoot("conflict", editor.locator(".post-conflict"))
    other.goto(re.sub(r"change/.*", "history/", other.url))
    camera.shoot("history", other.locator("#content"), height=460)


def shoot_bin(open_page, camera, _):
    page = open_page()
    log_in(page, "Автор")
    open_post(page, "Экскурсия на электростанцию")
    page.goto(re.sub(r"change/.*", "delete/", page.url))
    click_if_there(page.get_by_role("button", name="Убрать в корзину"))
    page.goto(f"{POSTS}bin/")
    camera.shoot("bin", page.locator(".history"))


# Publishing ---------------------------------------------------------------------------------------


def shoot_publishing(open_page, camera, _):
    page = open_page()
    log_in(page, "Редактор")
    camera.shoot("desk", page.locator(".desk-panels"))
    open_post(page, "Неделя специальности")
    camera.shoot("panel-editor", publish_panel(page), has_buttons=True)
    click_if_there(page.locator(".publish__toggle:visible"))
    soon = datetime.date.today() + datetime.timedelta(days=5)
    day = page.get_by_label("Дата выхода")
    is_native = day.get_attribute("type") == "date"
    day.fill(soon.isoformat() if is_native else f"{soon:%d.%m.%Y}")
    page.get_by_label("Время выхода").fill("09:00")
    page.get_by_label("Время выхода").press("Tab")
    moment = page.locator(".form-row.field-published_at")
    camera.shoot("moment", moment, publish_panel(page), has_buttons=True)
    page.goto(f"{POSTS}events/")
    camera.shoot("period", page.locator("#content"), height=460)


def shoot_channels(open_page, camera, _):
    page = open_page()
    log_in(page, "Редактор")
    page.goto(f"{POSTS}?state=published")
    page.locator("#result_list tbody th a").first.click()
    camera.shoot("channels", page.locator("#channels"), height=460)


# Suggestions and accounts -------------------------------------------------------------------------


def shoot_suggestion(open_page, camera, _):
    page = open_page()
    log_in(page, "Сотрудник")
    page.goto("/admin/feedback/suggestion/")
    camera.shoot("inbox", page.locator(".inbox-tabs").first, page.locator(".inbox-whose"))
    page.goto("/admin/feedback/suggestion/?status__exact=received")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Ответить", exact=True).click()
    page.get_by_role("textbox", name="Ответ автору:", exact=True).fill(
        "До 15 декабря поставим в лаборатории шесть розеток под столами. Спасибо, что написали."
    )
    camera.shoot("suggestion-action", page.get_by_role("region", name="Что сделать"))


def shoot_keeper(open_page, camera, _):
    page = open_page()
    log_in(page, "Хранитель")
    page.goto("/admin/auth/user/")
    page.locator("#result_list").get_by_role("link", name="Автор", exact=True).click()
    camera.shoot("account", page.get_by_role("group", name="Что может"))
    page.goto("/admin/status/")
    camera.shoot("status", page.locator(".status"))
    click_if_there(page.locator("#user-tools").get_by_role("link", name="Вход в два шага"))
    camera.shoot("second-step", page.locator(".second-factor"))


SCENES = {
    "report": shoot_report,
    "recovery": shoot_recovery,
    "conflict": shoot_conflict,
    "bin": shoot_bin,
    "publishing": shoot_publishing,
    "channels": shoot_channels,
    "suggestion": shoot_suggestion,
    "keeper": shoot_keeper,
}
