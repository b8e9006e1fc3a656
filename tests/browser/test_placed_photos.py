"""A teacher places photographs in the text of a post."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_post_admin import log_in

TEXT = "<p>Первый абзац.</p><p>Второй абзац.</p>"


@pytest.fixture
def post():
    post = factories.post(body=TEXT)
    for order in (1, 2, 3):
        factories.photo(post=post, order=order, is_cover=order == 1, caption=f"Снимок {order}")
    return post


@pytest.fixture
def form(open_browser, post):
    page = open_browser()
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/change/")
    page.get_by_text("Первый абзац.", exact=True).click()
    page.keyboard.press("End")
    return page


def save(page):
    page.get_by_role("button", name="Сохранить изменения на сайте").click()
    page.wait_for_url("**/admin/news/post/")


def mark(photo):
    return f'<figure data-photo="{photo.pk}"></figure>'


def test_one_click_places_a_photo_where_the_cursor_stands(form, post):
    form.get_by_role("button", name="Вставить в текст", exact=True).nth(1).click()
    expect(form.locator(".prose-editor .placed-photo img")).to_have_count(1)
    save(form)
    post.refresh_from_db()
    assert post.body == f"<p>Первый абзац.</p>{mark(post.photos.all()[1])}<p>Второй абзац.</p>"


def test_one_click_places_all_remaining_photos_in_order(form, post):
    form.get_by_role("button", name="Вставить в текст", exact=True).nth(1).click()
    form.get_by_role("button", name="Вставить в текст все остальные").click()
    expect(form.locator(".prose-editor .placed-photo img")).to_have_count(3)
    save(form)
    post.refresh_from_db()
    first, second, third = post.photos.all()
    assert mark(second) + mark(first) + mark(third) in post.body


def test_a_photo_is_dragged_into_the_text(form, post):
    form.set_viewport_size({"width": 1280, "height": 3000})  # a drag does not outlive scrolling
    form.locator("#photos-group .thumbnail").nth(2).drag_to(
        form.get_by_text("Второй абзац.", exact=True)
    )
    expect(form.locator(".prose-editor .placed-photo img")).to_have_count(1)
    save(form)
    post.refresh_from_db()
    assert mark(post.photos.all()[2]) in post.body


def test_the_delete_key_removes_a_selected_photo_from_the_text(form, post):
    form.get_by_role("button", name="Вставить в текст", exact=True).first.click()
    form.locator(".prose-editor .placed-photo").click()
    form.keyboard.press("Delete")
    save(form)
    post.refresh_from_db()
    assert post.body == TEXT
    assert post.photos.count() == 3
