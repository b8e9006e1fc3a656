"""Positions that are a rule of the design."""

import datetime

import pytest
from django.urls import reverse

from tests import factories
from tests.browser.test_accessible_version import choose

NAME = "Балаковский политехнический техникум"
LONG = "Студенты выступили на региональном этапе чемпионата по профессиональному мастерству "
# The visible pieces of text in an element with their boxes.
TEXTS = """(root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !parent.checkVisibility()) continue;
    if (parent.closest(".visually-hidden, script")) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    found.push(range.getBoundingClientRect());
  }
  return found;
}"""
# Russian words that are broken into several lines.
BROKEN = """() => {
  const broken = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    if (node.parentElement.closest(".visually-hidden, script, option")) continue;
    for (const word of node.data.matchAll(/[\\p{Script=Cyrillic}\\d]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


def first_text_top(page):
    return page.locator("main").evaluate(f"e => Math.min(...({TEXTS})(e).map(box => box.top))")


def create_posts():
    """URLs of a home page with events, of lists, of posts with and without a cover."""
    factories.college(name=NAME)
    topic = factories.topic(title="Работодатели и трудоустройство")
    post = factories.announcement(
        title="День карьеры: встреча с работодателями и мастерская резюме",
        topic=topic,
        event_time=datetime.time(13),
        place="Актовый зал и компьютерный класс",
    )
    report = factories.post(topic=topic)
    factories.photo(report, size=(900, 600), is_cover=True)
    addresses = [post.get_absolute_url(), report.get_absolute_url(), topic.get_absolute_url()]
    return ["/", "/news/", "/events/", "/topics/", *addresses, "/feedback/", "/feedback/new/"]


def test_the_content_begins_at_the_top_of_a_telephone(open_browser):
    page = open_browser(width=360)
    for address in create_posts():
        page.goto(address)
        assert first_text_top(page) <= 200, address


def test_the_largest_text_begins_in_the_first_half_of_a_telephone(open_browser):
    page = open_browser(width=360)
    addresses = create_posts()
    choose(page, "Очень крупный: вдвое больше")
    for address in addresses:
        page.goto(address)
        assert first_text_top(page) <= 450, address


def test_the_largest_text_breaks_no_word_of_everyday_length(open_browser):
    page = open_browser(width=360)
    factories.suggestion_topic()
    addresses = [*create_posts(), reverse("feedback:suggestion_form")]
    choose(page, "Очень крупный: вдвое больше")
    for address in addresses:
        page.goto(address)
        assert [word for word in page.evaluate(BROKEN) if len(word) < 15] == [], address


def test_the_largest_headline_is_larger_than_the_text(open_browser):
    page = open_browser(width=360)
    post = factories.post()
    choose(page, "Очень крупный: вдвое больше")
    page.goto(post.get_absolute_url())
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    heading, text = (page.locator(each).first.evaluate(size) for each in ("h1", ".lead-text + p"))
    assert heading >= 1.1 * text


@pytest.mark.parametrize("cover", [None, (900, 600), (600, 800), (600, 600), (1600, 500)])
@pytest.mark.parametrize(
    "title", ["Отопление включено", LONG + "и рассказали, чему их научили ошибки"]
)
def test_the_text_of_a_post_begins_in_the_first_window(open_browser, cover, title):
    post = factories.announcement(title=title, place="Мастерские")
    if cover:
        factories.photo(post, size=cover, is_cover=True, caption="Рабочее место до старта")
    page = open_browser(width=1440)
    page.goto(post.get_absolute_url())
    body, aside, post_box = (
        page.locator(part).bounding_box() for part in (".post__body", ".post__aside", ".post")
    )
    assert body["y"] <= 900
    assert body["x"] - post_box["x"] <= 100
    assert aside["x"] - body["x"] - body["width"] <= 1440 / 3
    assert aside["x"] + aside["width"] == pytest.approx(post_box["x"] + post_box["width"], abs=1)


def test_the_facts_of_a_post_stand_beside_its_cover(open_browser):
    post = factories.announcement(place="Мастерские")
    factories.photo(post, size=(900, 600), is_cover=True)
    page = open_browser(width=1440)
    page.goto(post.get_absolute_url())
    cover, facts = (page.locator(part).bounding_box() for part in (".post__cover", ".post__facts"))
    assert facts["x"] + facts["width"] < cover["x"]
    assert facts["y"] + facts["height"] == pytest.approx(cover["y"] + cover["height"], abs=1)


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_last_row_of_a_gallery_keeps_the_columns(open_browser, width):
    post = factories.post()
    for number in range(11):
        size = (600, 800) if number == 4 else (900, 600)
        factories.photo(post, size=size, order=number, caption="Электромонтажников")
    page = open_browser(width=width)
    page.goto(post.get_absolute_url())
    boxes = [image.bounding_box() for image in page.locator(".gallery img").all()]
    assert max(box["width"] for box in boxes) - min(box["width"] for box in boxes) < 1
    columns = sorted({round(box["x"]) for box in boxes})
    assert len(columns) == {360: 2, 768: 3, 1440: 4}[width]
    last = page.locator(".gallery__list").bounding_box()
    right = max(box["x"] + box["width"] for box in boxes)
    assert right == pytest.approx(last["x"] + last["width"], abs=1)
    assert "Электромонтажников" not in page.evaluate(BROKEN)


@pytest.mark.parametrize("width", [360, 1440])
def test_heading_and_the_lines_around_it_have_one_rhythm(open_browser, width):
    """From the line above the heading to the heading, and from there to the line below."""
    addresses = [address for address in create_posts() if address != "/"]
    page = open_browser(width=width)
    above, below = {}, {}
    for address in addresses:
        page.goto(address)
        heading = page.locator("h1").bounding_box()
        kicker = page.locator(".kicker:has(+ h1)")
        line = kicker if kicker.count() else page.locator(".crumbs")
        if page.locator("h1 + p").count():
            box = page.locator("h1 + p").bounding_box()
            below[address] = round(box["y"] - heading["y"] - heading["height"])
        box = line.bounding_box()
        above[address] = round(heading["y"] - box["y"] - box["height"])
    assert set(above.values()) == {10}, above
    assert set(below.values()) <= {10}, below


def test_a_lone_last_event_fills_its_row(open_browser):
    for days in (1, 2, 3, 4):
        factories.announcement(days, place="Актовый зал")
    page = open_browser(width=1440)
    page.goto("/events/")
    row, last = page.locator(".events__list"), page.locator(".event").last
    assert last.bounding_box()["width"] == row.bounding_box()["width"]


def test_every_event_has_two_lines_beside_its_day(open_browser):
    factories.announcement(1)
    factories.announcement(3, event_end_date=factories.announcement(9).event_date)
    page = open_browser(width=1440)
    page.goto("/events/")
    lines = "e => { const r = document.createRange(); r.selectNodeContents(e);"
    lines += " return new Set([...r.getClientRects()].map(b => Math.round(b.top))).size }"
    captions = page.locator(".event__day + span").all()
    assert [caption.evaluate(lines) for caption in captions] == [2, 2, 2]


def test_no_tile_outshines_the_headline_in_the_dark(open_browser):
    factories.post()
    page = open_browser(dark=True)
    page.goto("/news/")
    tile = page.locator(".typographic-cover").evaluate("e => getComputedStyle(e).backgroundColor")
    channels = [int(part) for part in tile.removeprefix("rgb(").removesuffix(")").split(",")]
    assert max(channels) < 128
