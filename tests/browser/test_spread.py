"""Two columns on a wide window: what belongs together stands side by side, no half stays empty."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_dialogue import open_mine, send

VOID = """() => {
  const right = [...document.querySelectorAll("main :is(p, li, dd, td, textarea, input, .button)")]
    .filter((each) => each.checkVisibility())
    .map((each) => each.getBoundingClientRect().right);
  return (document.documentElement.clientWidth - Math.max(...right)) / innerWidth;
}"""


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_what_is_next_stands_beside_the_receipt(open_browser):
    page = open_browser(width=1440)
    send(page)
    receipt, following = box(page, ".receipt"), box(page, ".spread__aside")
    assert following["x"] > receipt["x"] + receipt["width"]
    assert following["y"] == pytest.approx(receipt["y"], abs=2)
    assert page.evaluate(VOID) < 1 / 3


def test_on_a_phone_what_is_next_follows_the_receipt(open_browser):
    page = open_browser(width=360)
    send(page)
    receipt, following = box(page, ".receipt"), box(page, ".spread__aside")
    assert following["x"] == receipt["x"]
    assert following["y"] > receipt["y"] + receipt["height"]


def test_the_page_of_an_author_uses_the_width(open_browser):
    page = open_browser(width=1440)
    number, code = send(page)
    open_mine(page, number, code)
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    assert page.evaluate(VOID) < 1 / 3


def test_suggestion_and_answer_face_each_other(open_browser):
    publication = factories.publication(answer="Поставили.")
    page = open_browser(width=1440)
    page.goto(publication.get_absolute_url())
    suggested, answered = (box(page, f"h2#{name}") for name in ("suggested", "answered"))
    assert answered["y"] == suggested["y"]
    assert answered["x"] > 720


@pytest.mark.parametrize(
    "address",
    [
        "/feedback/status/",
        "/feedback/receipt/verify/",
        "/feedback/new/",
        "/feedback/",
        "/feedback/answers/",
        "/search/?q=завод",
    ],
)
def test_no_void_is_wider_than_a_third_of_the_page(open_browser, address):
    factories.college()
    factories.publication(text="Поставьте лавочки. " * 20)
    factories.post(title="Завод", body=f"<p>{'Завод принимает студентов. ' * 30}</p>")
    page = open_browser(width=1440)
    page.goto(address)
    assert page.evaluate(VOID) < 1 / 3
