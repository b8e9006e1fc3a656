"""How forms look: columns of choices, the edge of a group with an error, select and files."""

import io

import pytest
from PIL import Image

from tests import factories


def box(part):
    return part.bounding_box()


@pytest.fixture
def open_form(open_browser):
    """A function that opens the form of a suggestion: open_form(width=360)."""
    factories.suggestion_topic()

    def open_page(**options):
        page = open_browser(**options)
        page.goto("/feedback/new/")
        return page

    return open_page


def test_choices_stand_in_two_columns_on_a_wide_window(open_form):
    radios = open_form(width=1024).locator("[name=role]")
    first, second = box(radios.nth(0)), box(radios.nth(1))
    assert second["y"] == first["y"]
    assert second["x"] > first["x"] + 200


def test_choices_stand_in_one_column_on_a_phone(open_form):
    radios = open_form(width=360).locator("[name=role]")
    first, second = box(radios.nth(0)), box(radios.nth(1))
    assert second["x"] == first["x"]
    assert second["y"] > first["y"]


@pytest.mark.parametrize("group", ["fieldset.field--invalid", "div.field--invalid"])
def test_the_edge_of_an_error_is_as_long_as_its_group(open_form, group):
    page = open_form(width=1024)
    page.get_by_role("button", name="Проверить и отправить").click()
    part = page.locator(group).first
    part.scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(part.screenshot(animations="disabled"))).convert("RGB")
    colours = {picture.getpixel((2, y)) for y in range(2, picture.height - 2)}
    assert len(colours) == 1
    assert colours != {picture.getpixel((picture.width - 2, 2))}


def test_select_and_button_are_equally_high(open_browser):
    factories.publication()
    page = open_browser(width=1440)
    page.goto("/feedback/answers/")
    heights = [box(page.locator(f"main {part}").first)["height"] for part in ("select", ".button")]
    assert heights[0] == pytest.approx(heights[1], abs=0.5)


@pytest.mark.parametrize("address", ["/feedback/answers/", "/search/?q=завод"])
def test_search_fields_are_no_wider_than_the_column_of_text(open_browser, address):
    page = open_browser(width=1440)
    page.goto(address)
    assert box(page.locator("main [type=search]"))["width"] <= 42 * 16
    assert box(page.locator("main .search"))["width"] <= 42 * 16


def test_results_and_answers_look_alike(open_browser):
    """Kind and date beside the title, at the same place."""
    factories.post(title="Завод принимает")
    factories.publication()
    page = open_browser(width=1440)
    places = []
    for address in ("/search/?q=завод", "/feedback/answers/"):
        page.goto(address)
        title, date = (box(page.locator(f"main .entry {part}").first) for part in ("h2", "time"))
        assert date["x"] + date["width"] < title["x"]
        places.append((title["x"], date["x"]))
    assert places[0] == places[1]
