"""The rendered charts of the statistics: visible bars, no overlapping text."""

import datetime

import pytest
from django.utils import timezone

from tests import factories

CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
  const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll(".chart rect")].map((bar) => {
    const { fill: inside, stroke } = getComputedStyle(bar);
    const fill = light(stroke === "none" ? inside : stroke);
    return (Math.max(fill, ground) + 0.05) / (Math.min(fill, ground) + 0.05);
  });
}"""
COLLISIONS = """() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
  const pieces = [...chart.querySelectorAll("li > *")];
  const boxes = pieces.map((piece) => {
    const words = document.createRange();
    words.selectNodeContents(piece);
    const drawn = piece.textContent ? words : piece;
    return [piece.textContent, drawn.getBoundingClientRect()];
  });
  return boxes.flatMap(([text, box], index) => boxes.slice(index + 1)
    .filter(([, other]) => box.right > other.left + 1 && other.right > box.left + 1
      && box.bottom > other.top + 1 && other.bottom > box.top + 1)
    .map(([other]) => [text, other]));
})"""


def answered_in_each_of(months):
    topic = factories.suggestion_topic(title="Организация учебного процесса")
    for month in range(months):
        moment = timezone.now() - datetime.timedelta(days=1 + 30 * month)
        factories.answered(topic=topic, received_at=moment)


@pytest.mark.parametrize("dark", [False, True])
def test_bars_contrast_with_the_background(open_browser, dark):
    answered_in_each_of(2)
    page = open_browser(dark=dark)
    page.goto("/feedback/figures/")
    contrasts = page.evaluate(CONTRAST)
    assert len(contrasts) == 2 * (2 + 1)
    assert min(contrasts) > 3


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_labels_bars_and_values_do_not_overlap(open_browser, width):
    answered_in_each_of(10)
    page = open_browser(width=width)
    page.goto("/feedback/figures/")
    assert page.evaluate(COLLISIONS) == []
    root = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert root[0] <= root[1]


def test_bars_contrast_where_a_reader_chose_the_colours(open_browser):
    answered_in_each_of(2)
    page = open_browser()
    page.emulate_media(forced_colors="active")
    page.goto("/feedback/figures/")
    assert min(page.evaluate(CONTRAST)) > 3


def test_the_page_is_short_on_a_phone(open_browser):
    factories.college()
    for title in ("Столовая", "Расписание", "Общежитие", "Практика и трудоустройство"):
        factories.suggestion(
            topic=factories.suggestion_topic(title=title),
            received_at=timezone.now() - datetime.timedelta(days=150),
        )
    page = open_browser(width=360)
    page.goto("/feedback/figures/")
    assert page.evaluate("document.documentElement.scrollHeight") < 2500
    assert page.locator("table").first.is_hidden()


def test_the_main_number_breaks_no_word_where_text_is_largest(open_browser):
    answered_in_each_of(3)
    page = open_browser(width=360)
    page.goto("/accessibility/")
    page.get_by_label("Очень крупный: вдвое больше").check()
    page.get_by_role("button", name="Применить").click()
    page.goto("/feedback/figures/")
    heights = "e => [e.offsetHeight, parseFloat(getComputedStyle(e).lineHeight)]"
    height, line = page.locator(".key-figures__main dd").evaluate(heights)
    assert height == pytest.approx(line, abs=1)
