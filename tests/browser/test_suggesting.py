"""A visitor sends a suggestion and follows it."""

import re

from playwright.sync_api import expect

from feedback.models import Suggestion
from tests import factories

TEXT = "Откройте читальный зал и в субботу."


def fill_in(page, topic):
    page.goto("/")
    page.get_by_role("link", name="Написать предложение").click()
    page.get_by_label("О чём предложение").select_option(str(topic.pk))
    page.get_by_label("Студент").check()
    page.get_by_label("Ваше предложение").fill(TEXT)


def test_without_javascript_a_visitor_sends_a_suggestion_and_sees_the_receipt(open_browser):
    page = open_browser(width=360, javascript=False)
    fill_in(page, factories.suggestion_topic())
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")
    stored = Suggestion.objects.get()
    assert stored.text == TEXT
    expect(page.get_by_text(stored.number, exact=True)).to_be_visible()


def test_number_and_code_of_the_receipt_lead_to_the_answer(page):
    fill_in(page, factories.suggestion_topic())
    page.get_by_role("button", name="Отправить предложение").click()
    code = page.locator(".receipt__code").inner_text()
    stored = Suggestion.objects.get()
    stored.give_answer("Откроем с января.", None)
    page.get_by_role("link", name="«Моё предложение»").click()
    page.get_by_label("Номер предложения").fill(stored.number)
    page.get_by_label("Код").fill(code.lower())
    page.get_by_role("button", name="Показать").click()
    expect(page.get_by_text("Откроем с января.")).to_be_visible()


def test_errors_take_the_focus_and_lead_to_their_fields(page):
    factories.suggestion_topic()
    page.goto("/feedback/")
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page).to_have_title(re.compile("^Ошибка: "))
    expect(page.locator(":focus")).to_have_class("error-summary")
    page.get_by_role("link", name=re.compile("Напишите, что вы предлагаете")).click()
    expect(page.locator(":focus")).to_have_attribute("name", "text")


def test_a_page_opened_yesterday_gives_the_text_back_and_sends_it_at_the_second_try(page):
    fill_in(page, factories.suggestion_topic())
    page.context.clear_cookies()
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("alert")).to_contain_text("открыта слишком долго")
    expect(page.get_by_label("Ваше предложение")).to_have_value(TEXT)
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")


def test_a_double_click_sends_one_suggestion(page):
    fill_in(page, factories.suggestion_topic())
    page.get_by_role("button", name="Отправить предложение").dblclick()
    page.get_by_role("heading", name="Предложение принято").wait_for()
    assert Suggestion.objects.count() == 1
