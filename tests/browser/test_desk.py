"""The desk by keyboard: an act is written, kept, sent, and the next suggestion opens."""

import pytest
from playwright.sync_api import expect

from feedback.models import ActDraft, Suggestion
from tests import factories
from tests.browser.test_post_admin import log_in

LIST = "/admin/feedback/suggestion/"
WORDS = "Поставим три лавочки к маю."


@pytest.fixture
def desk(page):
    log_in(page, factories.staff())
    return page


def open_suggestion(page, suggestion):
    page.goto(f"{LIST}{suggestion.pk}/change/")
    expect(page.locator("[data-draft-url][data-is-ready]")).to_be_attached()
    expect(page.locator("[data-keys][data-is-ready]")).to_be_attached()


def test_an_answer_needs_the_keyboard_alone_and_the_next_one_opens(desk):
    first, following = factories.suggestion(), factories.suggestion()
    open_suggestion(desk, first)
    desk.keyboard.press("a")
    words = desk.get_by_role("textbox", name="Ответ автору:", exact=True)
    expect(words).to_be_focused()
    desk.keyboard.type(WORDS)
    desk.keyboard.press("Tab")
    decision = desk.get_by_label("Решение:", exact=True)
    expect(decision).to_be_focused()
    decision.select_option("accepted")
    desk.keyboard.press("Control+Enter")
    heading = desk.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"Предложение № {following.number}")
    expect(desk.locator(".messagelist")).to_contain_text(f"№ {first.number}: дан ответ.")
    assert Suggestion.objects.get(pk=first.pk).answer == WORDS
    expect(desk.locator("[data-keys][data-is-ready]")).to_be_attached()
    desk.keyboard.press("u")
    expect(heading).to_have_text(f"Предложение № {first.number}")
    expect(words).to_have_value(WORDS)


def test_what_was_written_is_there_after_the_page_is_opened_again(desk):
    suggestion = factories.suggestion()
    open_suggestion(desk, suggestion)
    desk.keyboard.press("n")
    words = desk.get_by_role("textbox", name="Заметка:", exact=True)
    words.fill(WORDS)
    expect(desk.get_by_text("Сохранено, не отправлено.", exact=True)).to_be_visible()
    assert ActDraft.objects.get().by_act == {"note": {"words": WORDS}}
    open_suggestion(desk, suggestion)
    expect(words).to_have_value(WORDS)


def test_a_cut_network_leaves_the_words_in_the_tab(desk):
    suggestion = factories.suggestion()
    open_suggestion(desk, suggestion)
    desk.keyboard.press("n")
    words = desk.get_by_role("textbox", name="Заметка:", exact=True)
    desk.route("**/draft/", lambda route: route.abort())
    words.fill(WORDS)
    expect(desk.get_by_text("Нет связи")).to_be_visible()
    open_suggestion(desk, suggestion)
    expect(words).to_have_value(WORDS)
    desk.unroute("**/draft/")
    desk.evaluate("window.dispatchEvent(new Event('online'))")
    expect(desk.get_by_text("Сохранено, не отправлено.", exact=True)).to_be_visible()


def test_letters_do_nothing_while_somebody_writes_or_once_they_are_off(desk):
    open_suggestion(desk, factories.suggestion())
    desk.keyboard.press("n")
    note = desk.get_by_role("textbox", name="Заметка:", exact=True)
    expect(note).to_be_focused()
    desk.keyboard.type("atq")
    expect(note).to_have_value("atq")
    desk.keyboard.press("Escape")
    expect(note).to_be_hidden()
    desk.keyboard.press("?")
    desk.get_by_role("checkbox", name="Буквы включены", exact=True).uncheck()
    desk.locator("h1").click()
    desk.keyboard.press("n")
    expect(note).to_be_hidden()
