"""A visitor watches a video: its host learns of it only then."""

import pytest
from playwright.sync_api import expect

from tests import factories

PLAYER = "https://vkvideo.ru/video_ext.php?oid=-1&id=2&autoplay=1"


@pytest.fixture
def asked(page):
    """The addresses of other sites that the browser asked for; a stub stands in for the host."""
    found = []
    page.on("request", lambda request: found.append(request.url))
    page.route("https://vkvideo.ru/**", lambda route: route.fulfill(body="<p>player</p>"))
    return lambda: [url for url in found if "//localhost" not in url]


@pytest.mark.parametrize("visits", [1, 2])
def test_a_press_on_the_still_loads_the_player_and_nothing_before(page, asked, visits):
    factories.college()
    video = factories.video()
    for _ in range(visits):  # the second page comes from the browser's cache
        page.goto(video.post.get_absolute_url(), wait_until="networkidle")
    assert asked() == []
    page.get_by_role("link", name="Смотреть здесь").click()
    expect(page.locator("iframe.video__player")).to_be_focused()
    expect(page.frame_locator("iframe.video__player").locator("p")).to_have_text("player")
    assert asked() == [PLAYER]
    player = next(frame for frame in page.frames if frame.url == PLAYER)
    assert player.evaluate("document.featurePolicy.allowsFeature('autoplay')")


def test_the_keyboard_opens_it_too(page, asked):
    page.goto(factories.video().post.get_absolute_url())
    page.get_by_role("link", name="Смотреть здесь").focus()
    page.keyboard.press("Enter")
    expect(page.locator("iframe.video__player")).to_have_attribute("src", PLAYER)


def test_without_javascript_the_still_is_a_link_to_the_page_of_the_video(open_browser):
    page = open_browser(javascript=False)
    page.goto(factories.video().post.get_absolute_url())
    link = page.get_by_role("link", name="Смотреть на VK Видео")
    expect(link).to_have_attribute("href", "https://vkvideo.ru/video-1_2")
    expect(page.get_by_text("Плеер загрузится")).to_be_hidden()
