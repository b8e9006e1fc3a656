"""The dialog that enlarges the photographs of a post."""

import pytest
from playwright.sync_api import expect

from news.models import Photo
from tests import factories
from tests.browser.test_accessibility import violations
from tests.browser.test_accessible_version import SCHEMES, choose


@pytest.fixture
def post():
    post = factories.post()
    factories.photo(post, size=(900, 600), is_cover=True, alt="Зал", caption="В зале")
    factories.photo(post, size=(600, 900), order=2, alt="Станок", caption="Цех", credit="И. Петров")
    factories.photo(post, order=3, alt="Чертёж")
    return post


def read_dialog(page):
    """The content of the dialog: counter, alternative text, caption."""
    dialog = page.get_by_role("dialog")
    texts = [dialog.locator(f".viewer__{part}").inner_text() for part in ("counter", "caption")]
    return texts[0], dialog.get_by_role("img").get_attribute("alt"), texts[1]


def test_clicking_a_picture_enlarges_it_with_caption_and_counter(page, post):
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть снимок 1 из 2: Станок").click()
    assert read_dialog(page) == ("1 из 2", "Станок", "Цех Фото: И. Петров")
    page.get_by_role("button", name="Следующий снимок").click()
    assert read_dialog(page) == ("2 из 2", "Чертёж", "")
    page.get_by_role("button", name="Следующий снимок").click()
    assert read_dialog(page) == ("Обложка", "Зал", "В\u00a0зале")


def test_the_keyboard_switches_pictures_and_focus_returns_on_closing(page, post):
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").focus()
    page.keyboard.press("Enter")
    assert read_dialog(page)[0] == "Обложка"
    for key, counter in (
        ("ArrowLeft", "2 из 2"),
        ("ArrowRight", "Обложка"),
        ("End", "2 из 2"),
        ("Home", "Обложка"),
        ("ArrowRight", "1 из 2"),
    ):
        page.keyboard.press(key)
        assert read_dialog(page)[0] == counter, key
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert page.locator(":focus").get_attribute("aria-label") == "Открыть снимок 1 из 2: Станок"


def test_swiping_switches_pictures(page, post):
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    swipe = """(stage, [from, to]) => {
      const touch = x => new Touch({identifier: 1, target: stage, clientX: x, clientY: 200});
      stage.dispatchEvent(new TouchEvent("touchstart", {touches: [touch(from)]}));
      stage.dispatchEvent(new TouchEvent("touchend", {changedTouches: [touch(to)]}));
    }"""
    stage = page.locator(".viewer__stage")
    for path, counter in (([300, 100], "1 из 2"), ([100, 300], "Обложка"), ([100, 120], "Обложка")):
        stage.evaluate(swipe, path)
        assert read_dialog(page)[0] == counter


def test_the_neighbouring_pictures_are_preloaded(page, post):
    """As large as they will be shown, besides the thumbnails of the page."""
    Photo.objects.update(width=2000, height=1333, renditions_due_at=None)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    for photo in post.photos.filter(is_cover=False):
        page.wait_for_function(
            """key => performance.getEntriesByType("resource")
              .some(({name}) => name.includes(key) && name.includes("/1440."))""",
            arg=photo.key,
        )


def test_the_enlarged_picture_has_every_encoding_with_its_own_sizes(page, post):
    Photo.objects.update(width=2000, height=1333, renditions_due_at=None)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть снимок 2 из 2: Чертёж").click()
    sources = page.locator("dialog source")
    assert sources.evaluate_all("all => all.map(e => e.type)") == ["image/avif", "image/webp"]
    assert all("75vh" in sizes for sizes in sources.evaluate_all("all => all.map(e => e.sizes)"))


@pytest.mark.parametrize("width", [320, 1440])
def test_an_enlarged_picture_fits_the_window(open_browser, post, width):
    page = open_browser(width=width)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть снимок 1 из 2: Станок").click()
    page.keyboard.press("ArrowLeft")
    for _ in range(2):
        box = page.locator("dialog img").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 40
        assert box["y"] + box["height"] <= 900
        stage = page.locator(".viewer__stage").bounding_box()
        middle = box["y"] + box["height"] / 2 - stage["y"]
        assert middle == pytest.approx(stage["height"] / 2, abs=2)
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("dark", [False, True])
def test_the_open_dialog_has_no_accessibility_violations(open_browser, post, dark):
    page = open_browser(width=360, dark=dark, audit=True)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_open_dialog_is_accessible_in_every_colour_scheme(open_browser, post, scheme):
    page = open_browser(width=360, audit=True)
    choose(page, "Очень крупный: вдвое больше", scheme)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


def test_a_single_photograph_has_no_navigation_buttons(page):
    post = factories.post()
    factories.photo(post, is_cover=True, alt="Зал")
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    assert page.get_by_role("dialog").get_by_role("button").count() == 1


def test_the_url_of_a_post_can_be_copied(page):
    post = factories.post()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{post.get_absolute_url()}?from=mail")
    page.get_by_role("button", name="Скопировать ссылку").click()
    page.get_by_text("Ссылка скопирована").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url.partition("?")[0]


@pytest.mark.parametrize("width", [320, 1440])
def test_the_picture_gets_half_the_window_beside_the_largest_text(open_browser, width):
    post = factories.post()
    factories.photo(post, size=(900, 600), alt="Цех", caption="Длинная подпись к снимку. " * 9)
    factories.photo(post, size=(900, 600), order=2)
    page = open_browser(width=width)
    page.goto("/accessibility/")
    for group, answer in (("Размер", 2), ("между буквами", 2), ("между строками", 2)):
        page.get_by_role("group", name=group).get_by_role("radio").nth(answer).check()
    page.get_by_role("button", name="Применить").click()
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть снимок 1 из 2: Цех").click()
    assert page.locator(".viewer__stage").bounding_box()["height"] >= 450
    assert page.locator("dialog img").bounding_box()["width"] >= 280
    caption = page.locator(".viewer__caption").bounding_box()
    assert caption["width"] >= width - 40
    assert caption["y"] + caption["height"] <= 900


def test_a_very_tall_photograph_fits_two_rows(open_browser):
    post = factories.post()
    factories.photo(post, size=(128, 640), caption="Длинная подпись к узкому снимку.")
    factories.photo(post, size=(900, 600), order=2)
    for width, most in ((320, 240), (1440, 2 * 334)):
        page = open_browser(width=width)
        page.goto(post.get_absolute_url())
        box = page.locator(".gallery img").first.bounding_box()
        assert box["height"] <= most
        assert box["width"] >= 134


def test_a_click_for_a_new_tab_enlarges_nothing(page, post):
    page.goto(post.get_absolute_url())
    with page.context.expect_page():
        page.get_by_role("link", name="Открыть обложку: Зал").click(modifiers=["Control"])
    expect(page.locator("dialog")).to_be_hidden()


def test_keys_with_modifiers_switch_no_pictures(page, post):
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    for keys in ("Control+End", "Alt+End", "Meta+End"):
        page.keyboard.press(keys)
        assert read_dialog(page)[0] == "Обложка", keys


def test_two_fingers_switch_no_pictures(page, post):
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    page.locator(".viewer__stage").evaluate(
        """stage => {
      const touch = (identifier, x) =>
        new Touch({identifier, target: stage, clientX: x, clientY: 200});
      stage.dispatchEvent(new TouchEvent("touchstart", {touches: [touch(1, 300), touch(2, 310)]}));
      stage.dispatchEvent(new TouchEvent("touchend", {changedTouches: [touch(1, 100)]}));
    }"""
    )
    assert read_dialog(page)[0] == "Обложка"


def test_a_click_beside_the_picture_closes_the_dialog(page, post):
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    page.get_by_role("dialog").get_by_role("img").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.locator(".viewer__stage").dispatch_event("click")
    expect(page.locator("dialog")).to_be_hidden()


def test_the_number_of_the_picture_is_read_out(page, post):
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть обложку: Зал").click()
    expect(page.locator(".viewer__counter")).to_have_attribute("aria-live", "polite")
