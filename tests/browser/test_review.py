"""An author submits a draft, an editor returns it, the author reads why; also on a telephone."""

import pytest
from playwright.sync_api import expect

from college_site.accounts.roles import AUTHOR, EDITOR
from news.models import Post
from tests import factories


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Имя пользователя").fill(user.username)
    page.get_by_label("Пароль").fill(factories.PASSWORD)
    page.get_by_role("button", name="Войти").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_draft_goes_to_the_editor_and_back(open_browser, width):
    author, editor = factories.member(AUTHOR, last_name="Петрова"), factories.member(EDITOR)
    page = open_browser(width=width)
    log_in(page, author)
    page.goto("/admin/news/post/add/")
    page.get_by_role("textbox", name="Заголовок:").fill("Круглый стол")
    page.get_by_label("Записка редактору").fill("Нужно к понедельнику.")
    page.get_by_role("button", name="Отправить на проверку").click()
    expect(page.get_by_text("На проверке у редактора: отправлена")).to_be_visible()

    other = open_browser(width=width)
    log_in(other, editor)
    expect(other.get_by_text("Петрова: Нужно к понедельнику.")).to_be_visible()
    other.get_by_role("region", name="На проверке").get_by_role("link", name="Круглый стол").click()
    other.get_by_label("Причина возврата").fill("Укажите дату.")
    if width == 360:
        other.get_by_role("button", name="Ещё", exact=True).click()
    other.get_by_role("button", name="Вернуть автору").click()
    expect(other.get_by_text("Возвращена автору", exact=False).first).to_be_visible()

    page.goto("/admin/")
    page.get_by_role("region", name="Возвращено мне").get_by_role(
        "link", name="Круглый стол"
    ).click()
    expect(page.get_by_text("Укажите дату.")).to_be_visible()
    expect(page.get_by_role("button", name="Опубликовать")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert Post.objects.get().state == Post.State.RETURNED
