"""Submitting a suggestion in a browser."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from feedback.models import Suggestion
from tests import factories

TEXT = "Откройте читальный зал и в субботу."


def fill_in(page, topic):
    """Open the form from the home page and fill it in."""
    page.goto("/")
    page.get_by_role("link", name="Написать предложение").click()
    page.get_by_role("heading", name="Официальное обращение").wait_for()
    page.get_by_role("link", name="Написать предложение").click()
    page.get_by_label("О чём предложение").select_option(str(topic.pk))
    page.get_by_label("Студент").check()
    page.get_by_label("Ваше предложение").fill(TEXT)


def check(page):
    page.get_by_role("button", name="Проверить и отправить").click()


def send(page):
    page.get_by_role("button", name="Отправить предложение").click()


def expect_heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_suggestion_can_be_sent_without_javascript(open_browser):
    page = open_browser(width=360, javascript=False)
    fill_in(page, factories.suggestion_topic())
    check(page)
    expect_heading(page, "Проверьте и отправьте")
    expect(page.get_by_text(TEXT)).to_be_visible()
    send(page)
    expect_heading(page, "Предложение принято")
    stored = Suggestion.objects.get()
    assert stored.text == TEXT
    expect(page.get_by_text(stored.number, exact=True)).to_be_visible()


def test_the_receipt_shows_no_button_that_needs_scripts_without_them(open_browser):
    page = open_browser(javascript=False)
    fill_in(page, factories.suggestion_topic())
    check(page)
    send(page)
    expect(page.get_by_role("button", name="Закрыть страницу")).to_be_visible()
    for label in ("Скопировать номер и код", "Распечатать"):
        expect(page.get_by_role("button", name=label)).to_be_hidden()


def test_number_and_code_of_the_receipt_open_the_answer(page):
    fill_in(page, factories.suggestion_topic())
    check(page)
    send(page)
    code = page.locator(".receipt__code").inner_text()
    stored = Suggestion.objects.get()
    stored.give_answer("Откроем с января.", None)
    page.get_by_role("link", name="«Моё предложение»").click()
    page.get_by_label("Номер предложения").fill(stored.number)
    page.get_by_label("Код").fill(code.lower())
    page.get_by_role("button", name="Показать").click()
    expect(page.get_by_text("Откроем с января.")).to_be_visible()


def test_errors_take_the_focus_and_link_their_fields(page):
    factories.suggestion_topic()
    page.goto("/feedback/new/")
    check(page)
    expect(page).to_have_title(re.compile("^Ошибка: "))
    expect(page.locator(":focus")).to_have_class("error-summary")
    page.get_by_role("link", name=re.compile("Напишите, что вы предлагаете")).click()
    expect(page.locator(":focus")).to_have_attribute("name", "text")


@pytest.mark.parametrize("step", [check, send], ids=["check", "send"])
def test_a_form_with_a_stale_token_can_be_resent(page, step):
    fill_in(page, factories.suggestion_topic())
    if step is send:
        check(page)
        expect_heading(page, "Проверьте и отправьте")
    page.context.clear_cookies()
    step(page)
    expect(page.get_by_role("alert")).to_contain_text("открыта слишком долго")
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)
    check(page)
    send(page)
    expect_heading(page, "Предложение принято")


def test_a_receipt_with_help_lines_prints_on_one_page(page):
    topic = factories.suggestion_topic()
    factories.college()
    fill_in(page, topic)
    page.get_by_label("Ваше предложение").fill("Меня травят в моей группе.")
    check(page)
    send(page)
    expect(page.get_by_role("link", name="8-800-2000-122")).to_be_visible()
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as printed:
        assert len(printed.pages) == 1


def test_a_double_click_sends_one_suggestion(page):
    fill_in(page, factories.suggestion_topic())
    check(page)
    page.get_by_role("button", name="Отправить предложение").dblclick()
    page.get_by_role("heading", name="Предложение принято").wait_for()
    assert Suggestion.objects.count() == 1


def test_going_back_from_the_check_page_restores_the_text(page):
    fill_in(page, factories.suggestion_topic())
    check(page)
    expect_heading(page, "Проверьте и отправьте")
    page.go_back()
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)
    check(page)
    send(page)
    expect_heading(page, "Предложение принято")


def test_reloading_the_receipt_registers_nothing_new(page):
    fill_in(page, factories.suggestion_topic())
    check(page)
    send(page)
    expect_heading(page, "Предложение принято")
    page.reload()
    expect_heading(page, "Предложение принято")
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_checked_suggestion_can_be_edited(open_browser, javascript):
    page = open_browser(javascript=javascript)
    fill_in(page, factories.suggestion_topic())
    check(page)
    page.get_by_role("button", name="Изменить").click()
    expect_heading(page, "Написать предложение")
    expect(page.get_by_label("Студент")).to_be_checked()
    page.get_by_label("Ваше предложение").fill("Откройте зал и в воскресенье.")
    check(page)
    send(page)
    expect_heading(page, "Предложение принято")
    assert Suggestion.objects.get().text == "Откройте зал и в воскресенье."


@pytest.mark.parametrize("javascript", [True, False])
def test_the_email_field_appears_only_for_a_reply_by_email(open_browser, javascript):
    factories.consent()
    page = open_browser(width=320, javascript=javascript)
    page.goto("/feedback/new/")
    expect(page.get_by_label("Только под кодом")).to_be_checked()
    expect(page.get_by_label("Электронная почта")).to_be_hidden()
    expect(page.get_by_label("согласие")).to_be_hidden()
    page.get_by_label("письмом на электронную почту").check()
    expect(page.get_by_label("Электронная почта")).to_be_visible()
    expect(page.get_by_label("согласие")).to_be_visible()


def test_the_form_can_be_sent_with_the_keyboard_only(page):
    factories.suggestion_topic(title="Столовая")
    page.goto("/feedback/new/")
    page.get_by_label("О чём предложение").focus()
    for key in ("ArrowDown", "Tab", "Space", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type(TEXT)
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)
    page.get_by_role("button", name="Проверить и отправить").focus()
    page.keyboard.press("Enter")
    expect_heading(page, "Проверьте и отправьте")
    page.get_by_role("button", name="Отправить предложение").focus()
    page.keyboard.press("Enter")
    expect_heading(page, "Предложение принято")


def test_a_click_selects_the_whole_code(page):
    fill_in(page, factories.suggestion_topic())
    check(page)
    send(page)
    code = page.locator(".receipt__code")
    code.click()
    assert page.evaluate("getSelection().toString().trim()") == code.inner_text()


def test_number_and_code_can_be_copied_and_printed(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1 }")
    fill_in(page, factories.suggestion_topic())
    check(page)
    send(page)
    page.get_by_role("button", name="Скопировать номер и код").click()
    expect(page.get_by_role("button", name="Скопировано")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    code = page.locator(".receipt__code").inner_text()
    assert copied == f"{Suggestion.objects.get().number} / {code}"
    page.get_by_role("button", name="Распечатать").click()
    assert page.evaluate("printed") == 1


def test_line_breaks_of_the_text_are_shown(page):
    fill_in(page, factories.suggestion_topic())
    page.get_by_label("Ваше предложение").fill("Первая строка.\nВторая строка.")
    check(page)
    lines = page.get_by_text("Вторая строка.").inner_text().splitlines()
    assert lines == ["Первая строка.", "Вторая строка."]


def test_an_invalid_field_has_the_colour_of_errors(page):
    factories.suggestion_topic()
    page.goto("/feedback/new/")
    border = "e => getComputedStyle(e).borderBlockStartColor"
    text = page.get_by_label("Ваше предложение")
    assert text.evaluate(border) != "rgb(168, 33, 13)"
    check(page)
    expect(page).to_have_title(re.compile("^Ошибка: "))
    assert text.evaluate(border) == "rgb(168, 33, 13)"
