"""A teacher reads the history of a post, brings a version back, undoes a deletion."""

import pytest
from playwright.sync_api import expect

from news.history.recording import record
from news.models import Post
from news.models.editing.revisions import RevisionAct
from tests import factories
from tests.browser.test_accessibility import violations
from tests.browser.test_post_admin import log_in


@pytest.fixture
def post():
    """A draft of which a colleague has changed words and a caption."""
    post = factories.draft(title="Круглый стол", lead="Было вчера.", place="Зал")
    photo = factories.photo(post, size=(400, 300), caption="Президиум", is_cover=True)
    record(post, None, RevisionAct.CREATED)
    post.lead, post.place, photo.caption = "Сегодня.", "Столовая", "Испорчено"
    photo.save()
    post.save()
    record(post, factories.staff(last_name="Иванова"), RevisionAct.SAVED)
    return post


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (360, True)])
def test_the_history_and_the_bin_have_no_accessibility_violation(open_browser, post, width, dark):
    page = open_browser(width=width, dark=dark, audit=True)
    log_in(page, factories.staff())
    factories.draft(title="Убранная").move_to_bin(None)
    history = f"/admin/news/post/{post.pk}/history/"
    for address in (
        history,
        f"{history}{post.revisions.first().pk}/",
        "/admin/news/post/bin/",
        f"/admin/news/post/{post.pk}/delete/",
        f"/admin/news/post/bin/{post.pk + 1}/delete/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_a_version_is_read_and_brought_back(page, post):
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{post.pk}/history/")
    page.get_by_role("link", name="Сравнить с нынешней").last.click()
    expect(page.locator("del").filter(has_text="Было вчера.")).to_be_visible()
    expect(page.locator("ins").filter(has_text="Сегодня.")).to_be_visible()
    page.get_by_role("button", name="Вернуть эту версию").click()
    expect(page.get_by_label("Лид:")).to_have_value("Было вчера.")
    expect(page.get_by_text("Она ещё не сохранена")).to_be_visible()
    assert Post.objects.get().lead == "Сегодня."
    page.get_by_role("button", name="Сохранить черновик").click()
    expect(page.locator(".messagelist").first).to_be_visible()
    assert (Post.objects.get().lead, Post.objects.get().place) == ("Было вчера.", "Зал")
    assert post.revisions.first().act == RevisionAct.RESTORED


def test_posts_are_deleted_and_brought_back_by_one_click(page, post):
    log_in(page, factories.staff())
    page.goto("/admin/news/post/")
    page.locator("[name=_selected_action]").first.check()
    page.locator("select[name=action]").select_option("delete_selected")
    page.get_by_role("button", name="Выполнить").click()
    expect(page.get_by_text("Убрано в корзину: 1 публикация: «Круглый стол».")).to_be_visible()
    assert Post.objects.in_bin().exists()
    page.get_by_role("button", name="Отменить").click()
    expect(page.get_by_text("Отменено: 1 публикация: «Круглый стол».")).to_be_visible()
    assert not Post.objects.in_bin().exists()
