"""A page that was seen for five seconds counts as read, once; staff see it on their start page."""

import os

import pytest
from playwright.sync_api import expect

from news import read_buffer
from news.models import Reads
from tests import factories
from tests.browser.test_post_admin import log_in

READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
SHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture(autouse=True)
def store_at_once(monkeypatch):
    monkeypatch.setattr(read_buffer, "PAUSE", 0)
    yield
    read_buffer.waiting.clear()


def test_a_page_seen_for_five_seconds_counts_once(open_browser):
    post = factories.post(title="Практика на заводе")
    for number in range(3):
        other = factories.post(title=f"Новость {number}")
        Reads.objects.create(post=other, day=post.published_at.date(), count=4 * number + 2)
    page = open_browser()
    page.context.set_extra_http_headers({"User-Agent": READER})
    page.clock.install()
    page.goto(post.get_absolute_url())
    with page.expect_response("**/read/") as answer:
        page.clock.run_for(6_000)
    assert answer.value.status == 204
    page.clock.run_for(60_000)
    assert page.context.cookies() == []
    assert [row.count for row in Reads.objects.filter(post=post)] == [1]

    teacher = open_browser(width=360)
    log_in(teacher, factories.staff())
    chart = teacher.get_by_role("region", name="Читали за 30 дней")
    row = chart.get_by_role("row", name="Практика на заводе 1")
    expect(row.get_by_role("link")).to_have_attribute("href", post.get_absolute_url())
    expect(chart.get_by_role("columnheader")).to_have_text(["Публикация", "Прочтений"])
    if SHOTS:
        teacher.screenshot(path=f"{SHOTS}/reads-360.png", full_page=True)
        teacher.set_viewport_size({"width": 1440, "height": 900})
        teacher.screenshot(path=f"{SHOTS}/reads-1440.png", full_page=True)
