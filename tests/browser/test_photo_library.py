"""A teacher takes photographs of other posts once more."""

import pytest
from playwright.sync_api import expect

from news.models import Photo, Post
from tests import factories
from tests.browser.test_photo_uploads import choose, files, rows, save
from tests.browser.test_post_admin import log_in


@pytest.fixture
def form(open_browser):
    for number, caption in enumerate(["У станка", "В библиотеке", "Сварщики"]):
        post = factories.post(title=f"Событие {number}")
        factories.photo(post, size=(400, 300), caption=caption, credit="Иванов")
    page = open_browser()
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Итоги года")
    return page


def opener(page):
    return page.get_by_role("button", name="Взять из прежних")


def test_several_photos_are_chosen_by_keyboard_and_saved_with_the_post(form):
    opener(form).focus()
    form.keyboard.press("Enter")
    dialog = form.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox")).to_have_count(3)
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    dialog.get_by_label("Сварщики").focus()
    form.keyboard.press("Space")
    dialog.get_by_role("searchbox").fill("станками")
    form.keyboard.press("Enter")
    expect(dialog.get_by_role("checkbox")).to_have_count(1)
    dialog.get_by_role("checkbox").focus()
    form.keyboard.press("Space")
    expect(dialog.get_by_text("Выбрано: 2")).to_be_visible()
    dialog.get_by_role("button", name="Добавить к публикации").focus()
    form.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(opener(form)).to_be_focused()
    expect(rows(form)).to_have_count(2)
    expect(rows(form).first.get_by_text("взят из публикации «Событие 2»")).to_be_visible()
    choose(form, files(1))
    expect(rows(form)).to_have_count(3)
    save(form)
    photos = Post.objects.get(title="Итоги года").photos.all()
    assert [photo.caption for photo in photos] == ["Сварщики", "У станка", ""]
    assert Photo.objects.count() == 6


def test_escape_closes_the_dialog_and_nothing_is_taken(form):
    opener(form).click()
    dialog = form.get_by_role("dialog")
    dialog.get_by_label("Сварщики").check()
    form.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener(form)).to_be_focused()
    expect(rows(form)).to_have_count(0)


def test_photos_stay_with_the_tab_that_uploaded_them(open_browser):
    page = open_browser()
    user = factories.staff()
    slot = factories.autosave(user=user, entries="title=%D0%A1%D0%BB%D1%91%D1%82")
    log_in(page, user)
    address = f"/admin/news/post/add/?autosave={slot.pk}"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    choose(other, files(1))
    expect(rows(other)).to_have_count(1)
    page.get_by_label("Лид:").fill("Первая вкладка")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Сохранено")
    other.get_by_label("Лид:").fill("Вторая вкладка")
    expect(other.locator("[data-autosave-state]")).to_contain_text("Открыто в другой вкладке")
    choose(other, files(2))
    expect(rows(other)).to_have_count(2)
    save(page)
    save(other)
    photos = {post.lead: post.photos.count() for post in Post.objects.all()}
    assert photos == {"Первая вкладка": 0, "Вторая вкладка": 2}
