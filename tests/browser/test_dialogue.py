"""The whole process: suggestion, receipt, question, reply, answer, rating."""

import pytest
from playwright.sync_api import expect

from feedback.models import ActStep, Suggestion
from tests import factories
from tests.browser.test_post_admin import log_in
from tests.browser.test_suggestion_form import TEXT, fill_in

MINE = "/feedback/mine/"


def send(page):
    """Submit a suggestion from the home page; returns the number and code of its receipt."""
    fill_in(page, factories.suggestion_topic())
    page.get_by_role("button", name="Проверить и отправить").click()
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")
    expect(page.locator(".receipt__code")).to_be_visible()
    return Suggestion.objects.get().number, page.locator(".receipt__code").inner_text()


def open_mine(page, number, code):
    page.goto("/feedback/status/")
    page.get_by_label("Номер предложения").fill(number)
    page.get_by_label("Код").fill(code)
    page.get_by_role("button", name="Показать").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Предложение № {number}")
    expect(page).to_have_url(f"{page.url.partition('/feedback/')[0]}{MINE}")


def perform_act(staff, number, act, label, words, button, decision=""):
    """Perform an act on the suggestion in the admin, and let the minute for undoing it pass."""
    staff.goto("/admin/feedback/suggestion/")
    staff.get_by_role("link", name=number, exact=True).click()
    opener = (
        staff.get_by_role("link", name=act, exact=True) if decision else staff.locator("summary")
    )
    (opener if decision else opener.get_by_text(act, exact=True)).click()
    staff.get_by_label(label, exact=True).fill(words)
    if decision:
        staff.get_by_label("Решение:", exact=True).select_option(decision)
    staff.get_by_role("button", name=button, exact=True).click()
    expect(staff.locator(".messagelist .success")).to_be_visible()
    ActStep.objects.all().delete()


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1440, True)])
def test_a_suggestion_goes_through_question_reply_answer_and_rating(
    open_browser, width, javascript
):
    author, staff = open_browser(width=width, javascript=javascript), open_browser()
    log_in(staff, factories.staff())
    number, code = send(author)

    perform_act(
        staff, number, "Спросить автора", "Вопрос автору:", "А в воскресенье?", "Отправить вопрос"
    )
    open_mine(author, number, code)
    expect(author.get_by_role("heading", name="Вопрос техникума")).to_be_visible()
    author.get_by_label("Ваш ответ").fill("В воскресенье не нужно.")
    author.get_by_role("button", name="Отправить").click()
    expect(author.get_by_role("status")).to_contain_text("Отправлено.")

    answer = ("Ответить", "Ответ автору:", "Откроем с января.", "Отправить ответ", "accepted")
    perform_act(staff, number, *answer)
    author.goto(MINE)
    expect(author.get_by_text("Техникум ответил.")).to_be_visible()
    expect(author.get_by_text("Откроем с января.")).to_be_visible()
    author.get_by_label("Да, вопрос решён").check()
    author.get_by_role("button", name="Сохранить оценку").click()
    expect(author.get_by_role("status")).to_contain_text("Спасибо!")
    expect(author.get_by_label("Да, вопрос решён")).to_be_checked()

    staff.goto("/admin/feedback/suggestion/")
    staff.get_by_role("link", name=number, exact=True).click()
    expect(staff.locator(".dialogue")).to_contain_text("В воскресенье не нужно.")
    expect(staff.locator(".dialogue")).to_contain_text("Да, вопрос решён")


@pytest.mark.parametrize("javascript", [False, True])
def test_a_suggestion_is_withdrawn_after_confirmation(open_browser, javascript):
    page = open_browser(width=360, javascript=javascript)
    number, code = send(page)
    open_mine(page, number, code)
    page.get_by_role("link", name="Отозвать предложение").click()
    expect(page.get_by_text("вернуть его будет нельзя")).to_be_visible()
    page.get_by_role("button", name="Да, отозвать").click()
    expect(page.get_by_text("Вы отозвали предложение.")).to_be_visible()
    page.get_by_role("button", name="Закрыть страницу").click()
    expect(page.get_by_label("Номер предложения")).to_be_visible()
    page.goto(MINE)
    expect(page.get_by_label("Номер предложения")).to_be_visible()


def test_an_answered_suggestion_can_be_reopened(page):
    number, code = send(page)
    Suggestion.objects.get().give_answer("Когда-нибудь.", None)
    open_mine(page, number, code)
    page.get_by_role("link", name="попросить рассмотреть его ещё раз").click()
    page.get_by_role("button", name="Отправить просьбу").click()
    expect(page.locator(":focus")).to_have_class("error-summary")
    page.get_by_label("Что осталось нерешённым").fill("Назовите срок.")
    page.get_by_role("button", name="Отправить просьбу").click()
    expect(page.get_by_text("Предложение снова в работе.")).to_be_visible()
    expect(page.get_by_text("Когда-нибудь.")).to_be_visible()


def test_a_reply_survives_an_expired_session(page):
    number, code = send(page)
    Suggestion.objects.get().ask("А в воскресенье?", None)
    open_mine(page, number, code)
    page.get_by_label("Ваш ответ").fill("В воскресенье не нужно.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("alert")).to_contain_text("не отправлен, но и не потерян")
    page.get_by_label("Номер предложения").fill(number)
    page.get_by_label("Код").fill(code)
    page.get_by_role("button", name="Показать").click()
    expect(page.get_by_label("Ваш ответ")).to_have_value("В воскресенье не нужно.")
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("status")).to_contain_text("Отправлено.")
    assert Suggestion.objects.get().events.filter(kind="reply").count() == 1


def test_a_double_click_sends_one_reply(page):
    number, code = send(page)
    Suggestion.objects.get().ask("А в воскресенье?", None)
    open_mine(page, number, code)
    page.get_by_label("Ваш ответ").fill("В воскресенье не нужно.")
    page.get_by_role("button", name="Отправить").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Отправлено.")
    assert Suggestion.objects.get().events.filter(kind="reply").count() == 1


def test_the_page_shows_the_sent_text(page):
    number, code = send(page)
    open_mine(page, number, code)
    expect(page.get_by_text(TEXT)).to_be_visible()
