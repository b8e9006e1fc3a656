"""The accessible version for visitors with low vision."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_accessibility import (
    create_everything,
    dark_violations,
    post_among,
    violations,
)

SCHEMES = {
    "Чёрным по белому": ("rgb(255, 255, 255)", "rgb(0, 0, 0)"),
    "Белым по чёрному": ("rgb(0, 0, 0)", "rgb(255, 255, 255)"),
    "Тёмно-синим по голубому": ("rgb(157, 209, 255)", "rgb(6, 52, 98)"),
}
COLOURS = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def choose(page, *labels):
    page.goto("/")
    page.get_by_role("link", name="Версия для слабовидящих").click()
    for label in labels:
        page.get_by_label(label, exact=True).check()
    apply(page)


def apply(page):
    """Submit the panel and wait for the page that it redirects to."""
    page.get_by_role("button", name="Применить").click()
    expect(page.get_by_role("button", name="Обычная версия")).to_be_visible()
    expect(page).not_to_have_url(re.compile("/accessibility/"))
    page.wait_for_load_state()  # including the style sheet


def test_the_panel_changes_and_resets_the_look_without_javascript(open_browser):
    factories.college()
    page = open_browser(javascript=False)
    choose(page, "Очень крупный: вдвое больше", "Белым по чёрному")
    size = "getComputedStyle(document.documentElement).fontSize"
    assert page.evaluate(size) == "32px"
    assert page.evaluate(COLOURS) == list(SCHEMES["Белым по чёрному"])
    page.goto("/feedback/")
    assert page.evaluate(size) == "32px"
    page.get_by_role("button", name="Обычная версия").click()
    expect(page.get_by_role("button", name="Обычная версия")).to_have_count(0)
    assert page.evaluate(size) == "16px"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_colour_scheme_has_accessibility_violations(open_browser, scheme):
    addresses = create_everything()
    page = open_browser(audit=True)
    choose(page, "Крупный: в полтора раза больше", scheme)
    for address in addresses:
        page.goto(address)
        assert page.evaluate(COLOURS) == list(SCHEMES[scheme])
        assert violations(page) == [], address
        assert dark_violations(page) == [], address


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_chosen_colour_scheme_overrides_dark_mode(open_browser, scheme):
    factories.college()
    page = open_browser(dark=True)
    choose(page, scheme)
    assert page.evaluate(COLOURS) == list(SCHEMES[scheme])


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_the_largest_text_never_scrolls_sideways(open_browser, width):
    addresses = create_everything()
    page = open_browser(width=width)
    choose(
        page,
        "Очень крупный: вдвое больше",
        "С засечками",
        "Заменять описаниями: картинки не загружаются",
    )
    for address in addresses:
        page.goto(address)
        assert page.evaluate(SIDEWAYS) <= 0, address


@pytest.mark.parametrize(("answer", "spacing", "height"), [(1, 0.12, 1.8), (2, 0.24, 2.2)])
def test_the_chosen_spacing_applies_to_headings_and_text(page, answer, spacing, height):
    post = factories.post()
    page.goto("/accessibility/")
    for group in ("Промежутки между буквами", "Промежутки между строками"):
        page.get_by_role("group", name=group).get_by_role("radio").nth(answer).check()
    page.get_by_label("Обычный", exact=True).check()
    apply(page)
    page.goto(post.get_absolute_url())
    for element in ("h1", ".rich-text p"):
        style = page.locator(element).first.evaluate(
            "e => { const s = getComputedStyle(e); return [s.letterSpacing, s.lineHeight,"
            " s.fontSize].map(parseFloat) }"
        )
        letter, line, font = style
        assert letter == pytest.approx(spacing * font, rel=0.01)
        assert line == pytest.approx(height * font, rel=0.01)


def test_hidden_pictures_are_not_requested(open_browser):
    post = factories.post()
    factories.photo(post, is_cover=True, alt="Актовый зал")
    page = open_browser()
    choose(page, "Заменять описаниями: картинки не загружаются")
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    expect(page.get_by_text("Актовый зал")).to_be_visible()
    assert not [url for url in requested if "/photos/" in url]


def test_the_text_in_place_of_pictures_is_readable(open_browser):
    """Also on the still of a video, where the text overlaps the link."""
    addresses = create_everything()
    page = open_browser(width=360, audit=True)
    choose(
        page,
        "Очень крупный: вдвое больше",
        "Заменять описаниями: картинки не загружаются",
    )
    for address in addresses:
        page.goto(address)
        assert violations(page) == [], address
    page.goto(post_among(addresses))
    words = page.locator(".video__still .picture-in-words").bounding_box()
    action = page.locator(".video__action").bounding_box()
    assert action["y"] >= words["y"] + words["height"]


def test_the_skip_link_is_hidden_until_focused(open_browser):
    factories.college()
    page = open_browser(width=320)
    choose(page, "Очень крупный: вдвое больше")
    page.goto("/accessibility/")
    page.get_by_role("group", name="буквами").get_by_label("Очень широкие").check()
    page.get_by_role("group", name="строками").get_by_label("Очень широкие").check()
    apply(page)
    link = page.get_by_role("link", name="Перейти к содержанию")
    box = link.bounding_box()
    assert box["y"] + box["height"] <= 0
    page.keyboard.press("Tab")
    assert link.bounding_box()["y"] >= 0


def test_the_switch_is_large_enough_to_touch(open_browser):
    page = open_browser(width=360)
    choose(page)
    boxes = page.locator(".accessible-version-switch :is(a, button)")
    heights = boxes.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert len(heights) == 2
    assert min(heights) >= 43.9


def test_print_is_always_black_on_white(page):
    choose(page, "Белым по чёрному")
    page.emulate_media(media="print")
    assert page.evaluate(COLOURS) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_changing_the_look_without_javascript_keeps_the_written_text(open_browser):
    factories.college()
    page = open_browser(javascript=False)
    choose(page, "Белым по чёрному")
    page.goto("/feedback/new/")
    page.get_by_label("Ваше предложение").fill("Откройте читальный зал.")
    for name in ("Настроить вид", "Обычная версия"):
        with page.context.expect_page() as opened:
            page.locator(".accessible-version-switch").get_by_text(name).click()
        opened.value.close()
        expect(page.get_by_label("Ваше предложение")).to_have_value("Откройте читальный зал.")


def test_changing_the_look_with_javascript_restores_the_draft(open_browser):
    factories.college()
    page = open_browser()
    page.goto("/feedback/new/")
    page.get_by_label("Ваше предложение").fill("Откройте читальный зал.")
    page.get_by_role("link", name="Версия для слабовидящих").click()
    page.get_by_role("button", name="Применить").click()
    expect(page.get_by_role("button", name="Обычная версия")).to_be_visible()
    expect(page.get_by_label("Ваше предложение")).to_have_value("Откройте читальный зал.")
