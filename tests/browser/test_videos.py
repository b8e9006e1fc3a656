"""Watching a video; nothing is loaded from its host before a click."""

import pytest
from playwright.sync_api import expect

from tests import factories

PLAYER = "https://vkvideo.ru/video_ext.php?oid=-1&id=2&autoplay=1"


@pytest.fixture
def external_requests(page):
    """A function that returns the requested URLs of other hosts; the video host is stubbed."""
    found = []
    page.on("request", lambda request: found.append(request.url))
    page.route("https://vkvideo.ru/**", lambda route: route.fulfill(body="<p>player</p>"))
    return lambda: [url for url in found if "//localhost" not in url]


@pytest.mark.parametrize("visits", [1, 2])
def test_the_player_is_loaded_only_after_a_click(page, external_requests, visits):
    factories.college()
    video = factories.video()
    for _ in range(visits):  # the second visit uses the browser's cache
        page.goto(video.post.get_absolute_url(), wait_until="networkidle")
    assert external_requests() == []
    page.get_by_role("link", name="Смотреть здесь").click()
    expect(page.locator("iframe.video__player")).to_be_focused()
    expect(page.frame_locator("iframe.video__player").locator("p")).to_have_text("player")
    assert external_requests() == [PLAYER]
    player = next(frame for frame in page.frames if frame.url == PLAYER)
    assert player.evaluate("document.featurePolicy.allowsFeature('autoplay')")


def test_the_player_can_be_opened_with_the_keyboard(page, external_requests):
    page.goto(factories.video().post.get_absolute_url())
    page.get_by_role("link", name="Смотреть здесь").focus()
    page.keyboard.press("Enter")
    expect(page.locator("iframe.video__player")).to_have_attribute("src", PLAYER)


def test_the_still_links_the_video_page_without_javascript(open_browser):
    page = open_browser(javascript=False)
    page.goto(factories.video().post.get_absolute_url())
    link = page.get_by_role("link", name="Смотреть на VK Видео")
    expect(link).to_have_attribute("href", "https://vkvideo.ru/video-1_2")
    expect(page.get_by_text("Плеер загрузится")).to_be_hidden()


def test_the_player_bears_the_title_of_the_video(page, external_requests):
    page.goto(factories.video(title="Сварка").post.get_absolute_url())
    page.get_by_role("link", name="Смотреть здесь").click()
    expect(page.locator("iframe.video__player")).to_have_attribute("title", "Сварка")


def test_a_click_for_a_new_tab_loads_no_player(page, external_requests):
    page.context.route("https://vkvideo.ru/**", lambda route: route.fulfill(body="<p>page</p>"))
    page.goto(factories.video().post.get_absolute_url())
    with page.context.expect_page():
        page.get_by_role("link", name="Смотреть здесь").click(modifiers=["Control"])
    expect(page.locator("iframe.video__player")).to_have_count(0)
