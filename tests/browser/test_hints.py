"""The scripts of the form: hints while typing, a warning about files that are too large."""

import re

from playwright.sync_api import expect

from feedback.models import Attachment, Suggestion
from tests import factories
from tests.browser.test_accessibility import violations

FORM = "/feedback/new/"
PICTURE = {"name": "Двор.jpg", "mimeType": "image/jpeg", "buffer": factories.picture_bytes()}


def test_help_lines_appear_and_disappear_while_typing(page):
    page.goto(FORM)
    page.get_by_label("Ваше предложение").fill("Меня травят в моей группе.")
    expect(page.get_by_role("link", name="8-800-2000-122")).to_be_visible()
    page.get_by_label("Ваше предложение").fill("Поставьте лавочки во дворе.")
    expect(page.get_by_role("link", name="8-800-2000-122")).to_have_count(0)


def test_help_lines_reappear_after_the_text_is_shortened(page):
    page.goto(FORM)
    for text in ("Меня травят в моей группе.", "Меня", "Меня травят в моей группе."):
        page.get_by_label("Ваше предложение").fill(text)
        lines = page.get_by_role("link", name="8-800-2000-122")
        expect(lines).to_have_count(int(text != "Меня"))


def test_help_lines_remain_when_the_server_fails(page):
    page.goto(FORM)
    page.get_by_label("Ваше предложение").fill("Меня травят в моей группе.")
    expect(page.get_by_role("link", name="8-800-2000-122")).to_be_visible()
    page.route("**/new/hints/", lambda route: route.fulfill(status=503, body=""))
    with page.expect_response("**/new/hints/"):
        page.get_by_label("Ваше предложение").fill("Меня травят в моей группе. Помогите!")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(page.get_by_role("link", name="8-800-2000-122")).to_be_visible()


def test_a_similar_answer_opens_in_a_new_tab(page):
    factories.publication(title="Лавочки во дворе")
    page.goto(FORM)
    page.get_by_label("Ваше предложение").fill("Поставьте лавочки во дворе у входа.")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Лавочки во дворе").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Лавочки во дворе")
    expect(page.get_by_label("Ваше предложение")).to_have_value(re.compile("у входа"))


def test_the_form_with_hints_has_no_accessibility_violations(open_browser):
    factories.publication(title="Лавочки во дворе")
    page = open_browser(width=360, audit=True)
    page.goto(FORM)
    text = "Меня травят на лавочке во дворе, спросите Анну Петровну."
    page.get_by_label("Ваше предложение").fill(text)
    expect(page.get_by_text("Возможно, ответ уже есть")).to_be_visible()
    assert violations(page) == []


def test_an_oversized_file_is_rejected_before_sending(page, tmp_path):
    page.goto(FORM)
    large = tmp_path / "Большой.pdf"
    large.write_bytes(b"\0" * (7 * 2**20 + 1))
    page.get_by_label("Файлы").set_input_files(large)
    expect(page.get_by_text("больше 7 МБ: «Большой.pdf»")).to_be_visible()
    expect(page.get_by_label("Файлы")).to_have_value("")
    page.get_by_label("Файлы").set_input_files(PICTURE)
    expect(page.get_by_text("больше 7 МБ")).to_be_hidden()


def test_a_file_can_be_sent_without_javascript(open_browser):
    page = open_browser(width=360, javascript=False)
    page.goto("/feedback/")
    topic = factories.suggestion_topic()
    page.goto(FORM)
    page.get_by_label("О чём предложение").select_option(str(topic.pk))
    page.get_by_label("Студент").check()
    page.get_by_label("Файлы").set_input_files(PICTURE)
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_label("Убрать «Двор.jpg»")).to_be_visible()
    page.get_by_label("Ваше предложение").fill("Поставьте лавочки во дворе.")
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_text("Двор.jpg")).to_be_visible()
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")
    assert Attachment.objects.get().suggestion == Suggestion.objects.get()


def test_unchanged_hints_are_not_read_out_again(page):
    page.goto(FORM)
    page.get_by_label("Ваше предложение").fill("Меня травят в моей группе.")
    expect(page.get_by_role("link", name="8-800-2000-122")).to_be_visible()
    page.locator("[data-hints] > *").first.evaluate("e => e.dataset.marked = ''")
    with page.expect_response("**/new/hints/"):
        page.get_by_label("Ваше предложение").fill("Меня травят в моей группе. Помогите!")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(page.locator("[data-hints] > [data-marked]")).to_have_count(1)


def test_hints_for_an_outdated_text_are_not_waited_for(page):
    page.goto(FORM)
    page.route("**/new/hints/", lambda route: None)
    with page.expect_request("**/new/hints/"):
        page.get_by_label("Ваше предложение").fill("Меня травят в моей группе.")
    with page.expect_event("requestfailed"):
        page.get_by_label("Ваше предложение").fill("Ничего.")


def test_the_field_that_only_programs_see_is_hidden(page):
    page.goto(FORM)
    expect(page.locator("[name=website]")).to_be_hidden()
