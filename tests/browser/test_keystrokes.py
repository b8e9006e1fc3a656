"""Typing in a long post; tests.bench.newsroom measures how long a key blocks the page."""

from playwright.sync_api import expect

from tests import factories
from tests.browser.test_post_admin import log_in

PARAGRAPH = '<p>Студенты третьего курса вернулись с "дисскусии".</p>'
COUNT_CHECKS = """() => {
  window.checks = 0;
  const {execute} = Typograf.prototype;
  Typograf.prototype.execute = function (...values) {
    window.checks += 1;
    return execute.apply(this, values);
  };
}"""
TYPE = """(text) => {
  const before = window.checks;
  document.execCommand("insertText", false, text);
  return window.checks - before;
}"""


def test_a_key_does_not_wait_for_the_check_of_the_text(page):
    post = factories.draft(body=PARAGRAPH * 20)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    page.get_by_role("button", name="Проверить текст", exact=True).click()
    expect(page.locator(".text-check__group").first).to_be_visible()
    page.get_by_role("textbox", name="Текст", exact=True).press("Control+End")
    page.evaluate(COUNT_CHECKS)
    assert page.evaluate(TYPE, ' Потом "чай".') == 0
    accept = 'Принять: Потом "чай". → Потом «чай».'
    expect(page.get_by_role("button", name=accept, exact=True)).to_be_visible()
    assert page.evaluate("window.checks") == 1  # the other lines are known
