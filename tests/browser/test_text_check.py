"""A teacher checks spelling and typography of a post, by mouse and by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from college_site.accounts.roles import AUTHOR, EDITOR
from news.models import KnownWord
from tests import factories
from tests.browser.test_post_admin import log_in

NBSP = "\u00a0"
TEXT = (
    '<p>24 мая прошло <strong>"Совещание</strong>" - дисскусия о неоходимости ...</p>'
    '<p>Код `a - "b"`, файл отчёт-1.docx, сайт <a href="https://example.ru/a--b...c">'
    "https://example.ru/a--b...c</a></p>"
)


@pytest.fixture
def open_form(open_browser):
    """A function that opens the form of a new draft for a user."""

    def open_form(user, **fields):
        post = factories.draft(author=user, **fields)
        page = open_browser()
        log_in(page, user)
        page.goto(f"/admin/news/post/{post.pk}/change/")
        return page

    return open_form


@pytest.fixture
def form(open_form):
    return open_form(
        factories.member(EDITOR), title='Встреча "Механизмы"', lead="Лид ...", body=TEXT
    )


def body_of(page):
    return page.locator("textarea[name=body]").input_value().replace("&nbsp;", NBSP)


def check(page):
    page.get_by_role("button", name="Проверить текст").click()
    expect(page.locator(".text-check__status")).to_contain_text("Правок оформления")


def test_unknown_words_are_marked_without_being_asked_for(form):
    marks = form.locator(".prose-editor .unknown-word")
    expect(marks).to_have_text(["дисскусия", "неоходимости"])
    assert "unknown-word" not in body_of(form)
    assert body_of(form) == TEXT


def test_a_misprint_is_replaced_by_one_click_and_undone_by_the_keyboard(form):
    check(form)
    form.get_by_role("button", name="Заменить «дисскусия» на «дискуссия»").click()
    expect(form.locator(".prose-editor .unknown-word")).to_have_text(["неоходимости"])
    assert body_of(form) == TEXT.replace("дисскусия", "дискуссия")
    form.get_by_role("textbox", name="Текст", exact=True).focus()
    form.keyboard.press("Control+z")
    assert body_of(form) == TEXT


def test_all_changes_are_accepted_at_once_and_touch_no_code_or_address(form):
    check(form)
    form.get_by_role("button", name="Принять всё оформление").click()
    expect(form.get_by_label("Заголовок:")).to_have_value("Встреча «Механизмы»")
    expect(form.get_by_label("Лид:")).to_have_value("Лид …")
    _, second = TEXT.split("</p>", 1)
    assert body_of(form) == (
        f"<p>24{NBSP}мая прошло <strong>«Совещание</strong>» — дисскусия о неоходимости …</p>"
        + second
    )
    expect(form.locator(".text-check__status")).to_have_text("Незнакомых слов: 2.")


def test_a_refused_change_is_gone_from_the_list_and_changes_nothing(form):
    check(form)
    group = form.locator("[data-title='Тире']")
    expect(group).to_contain_text('"Совещание" - дисскусия → "Совещание" — дисскусия')
    group.get_by_role("button", name=re.compile("^Отклонить: ")).click()
    expect(group).to_have_count(0)
    assert body_of(form) == TEXT


def test_no_break_spaces_are_visible_in_the_list(form):
    check(form)
    group = form.locator("[data-title='Неразрывные пробелы']")
    group.locator("summary").click()
    expect(group).to_contain_text("24 мая → 24°мая")


def test_the_list_is_worked_through_by_keyboard_alone(form):
    check(form)
    form.get_by_role("button", name="Проверить текст").focus()
    for name in ("summary", "Показать в тексте: дисскусия", "дискуссия"):
        form.keyboard.press("Tab")
        focused = form.evaluate("document.activeElement.ariaLabel ?? ''")
        assert name == "summary" or name in focused
    form.keyboard.press("Enter")
    expect(form.locator(".text-check__word")).to_have_text(["неоходимости"])
    expect(form.locator(".text-check__item button").first).to_be_focused()


def test_an_editor_adds_a_word_to_the_dictionary_of_the_college(form):
    check(form)
    form.get_by_role("button", name="В словарь колледжа: дисскусия").click()
    expect(form.locator(".prose-editor .unknown-word")).to_have_text(["неоходимости"])
    assert KnownWord.objects.get().word == "дисскусия"


def test_an_author_leaves_a_word_for_the_tab_but_adds_none(open_form):
    page = open_form(factories.member(AUTHOR), body=TEXT)
    check(page)
    expect(page.get_by_role("button", name=re.compile("В словарь"))).to_have_count(0)
    page.get_by_role("button", name="Оставить «дисскусия»").click()
    expect(page.locator(".prose-editor .unknown-word")).to_have_text(["неоходимости"])
    page.reload()
    expect(page.locator(".prose-editor .unknown-word")).to_have_text(["неоходимости"])


def test_a_change_far_into_a_long_line_is_accepted_in_its_place(open_form):
    start = "Это предложение набрано верно. " * 200
    page = open_form(factories.member(EDITOR), body=f"<p>{start}Клуб - наш.</p>")
    page.get_by_role("button", name="Проверить текст", exact=True).click()
    page.get_by_role("button", name="Принять: Клуб - наш. → Клуб — наш.", exact=True).click()
    expect(page.locator(".text-check__status")).to_have_text("Замечаний нет.")
    assert body_of(page) == f"<p>{start}Клуб — наш.</p>"


def test_captions_are_checked_and_saved(open_form):
    user = factories.member(EDITOR)
    page = open_form(user, body="<p>Текст.</p>")
    photo = factories.photo(post=user.posts.get(), caption='У станка "Арсенал"')
    page.reload()
    check(page)
    page.get_by_role("button", name="Принять: станка").or_(
        page.get_by_role("button", name=re.compile("^Принять: .*Арсенал"))
    ).first.click()
    expect(page.locator("[data-field=caption]")).to_have_value("У станка «Арсенал»")
    expect(page.locator(".photo__note")).to_have_text("Сохранено.")
    photo.refresh_from_db()
    assert photo.caption == "У станка «Арсенал»"


def test_what_is_typed_meanwhile_is_never_overwritten(form):
    check(form)
    text = form.get_by_role("textbox", name="Текст", exact=True)
    text.press("Control+Home")
    form.keyboard.type("Новое. ")
    form.get_by_role("button", name=re.compile("^Принять: .*— дисскусия")).click()
    expect(form.locator(".text-check__status")).to_contain_text("Текст с\u00a0тех пор изменился")
    form.get_by_role("button", name=re.compile("^Принять: .*— дисскусия")).click()
    expect(form.locator("[data-title='Тире']")).to_have_count(0)
    assert body_of(form).startswith("<p>Новое. 24 мая прошло")
    assert '" — дисскусия' in body_of(form)


def test_hostile_text_is_shown_as_text_and_stalls_nothing(open_form):
    hostile = "&lt;img src=x onerror=alert(1)&gt; &lt;b&gt;дисскусия&lt;/b&gt; \u202eслвоо\u202c - "
    body = "".join(f"<p>{hostile * 20}{'а' * 2000}</p>" for _ in range(50))
    page = open_form(factories.member(EDITOR), body=f"{body}<p>{'1-' * 10_000}</p>")
    check(page)
    assert page.locator(".text-check__found img").count() == 0
    page.get_by_role("textbox", name="Текст", exact=True).press("Control+Home")
    page.keyboard.type("Живо")
    assert body_of(page).startswith("<p>Живо")


@pytest.mark.parametrize(("dark", "width"), [(False, 1440), (True, 360)])
def test_axe_finds_nothing_in_the_list(open_browser, dark, width):
    user = factories.member(EDITOR)
    post = factories.draft(author=user, body=TEXT)
    page = open_browser(width=width, dark=dark, audit=True)
    log_in(page, user)
    page.goto(f"/admin/news/post/{post.pk}/change/")
    check(page)
    result = Axe().run(page, context=".text-check")
    assert result.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
