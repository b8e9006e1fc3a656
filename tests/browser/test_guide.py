"""The guide for staff beside an open form."""

from playwright.sync_api import expect

from tests import factories
from tests.browser.test_post_admin import log_in


def test_a_question_mark_opens_its_section_and_leaves_the_form(page):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Практика на заводе")
    link = page.get_by_role("link", name="Справка: Фотографии")
    link.focus()
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    guide = opened.value
    expect(guide.get_by_role("heading", level=1)).to_have_text("Фотографии")
    expect(guide.get_by_role("heading", name="Сорок фотографий сразу")).to_be_in_viewport()
    expect(page.get_by_label("Заголовок:")).to_have_value("Практика на заводе")


def test_the_contents_stand_beside_a_chapter_and_below_it_on_a_telephone(page):
    log_in(page, factories.staff())
    page.goto("/admin/guide/photographs/")
    chapter = page.get_by_role("article")
    contents = page.get_by_role("navigation", name="Содержание справки")
    assert contents.bounding_box()["x"] > chapter.bounding_box()["width"]
    page.set_viewport_size({"width": 360, "height": 740})
    below = chapter.bounding_box()["y"] + chapter.bounding_box()["height"]
    assert contents.bounding_box()["y"] >= below
