"""Typing in a long post: no key blocks the page, though what is typed is sent all the while."""

import os

import pytest
from playwright.sync_api import expect

from news.models import Autosave
from tests import factories
from tests.browser.test_post_admin import log_in

CHARACTERS = 20_000
SENTENCE = 'Студенты третьего курса вернулись с "дисскусии". '
PARAGRAPH = f"<p>{SENTENCE * 10}</p>"
OBSERVE = """() => {
  window.blocked = [];
  new PerformanceObserver((list) => {
    blocked.push(...list.getEntries().map((entry) => Math.round(entry.duration)));
  }).observe({type: "longtask"});
}"""


@pytest.mark.slow
@pytest.mark.parametrize("is_checked", [False, True])
def test_no_key_in_a_long_post_blocks_for_fifty_milliseconds(page, is_checked):
    if os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1") != "1":
        pytest.skip("the other worker uses the processor: measure with ARGS='-n 1 -k keystrokes'")
    post = factories.draft(body=PARAGRAPH * (CHARACTERS // len(PARAGRAPH) + 1))
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    text = page.get_by_role("textbox", name="Текст", exact=True)
    expect(page.locator(".unknown-word")).not_to_have_count(0)
    if is_checked:
        page.get_by_role("button", name="Проверить текст").click()
        expect(page.locator(".text-check__group").first).to_be_visible()
    text.press("Control+End")
    page.wait_for_timeout(3000)  # the page itself has been loaded
    page.evaluate(OBSERVE)
    text.press_sequentially("Написано при сохранении. " * 6, delay=60, timeout=90_000)
    expect(page.locator("[data-autosave-state]")).to_contain_text("Сохранено")
    assert "Написано" in Autosave.objects.get().data["body"]
    assert page.evaluate("blocked") == []
