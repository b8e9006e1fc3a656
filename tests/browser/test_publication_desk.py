"""Staff merge and publish on the pages of a suggestion: how many clicks it takes."""

import pytest
from playwright.sync_api import expect

from feedback.models import Publication, Suggestion
from tests import factories
from tests.browser.test_accessibility import violations
from tests.browser.test_post_admin import log_in

TEXT = "Анна Петровна, Дима Козлов и Иванов И. И. курят у входа, в коридоре дым. Поставьте урну."
CLOSED = "[имя], [имя] и [имя] курят у входа, в коридоре дым. Поставьте урну."


@pytest.fixture
def staff_page(open_browser):
    page = open_browser(audit=True)
    log_in(page, factories.staff())
    return page


def test_publishing_with_three_names_closed_takes_three_clicks(staff_page):
    suggestion = factories.answered("Поставили.", text=TEXT, may_publish=True)
    staff_page.goto(f"/admin/feedback/suggestion/{suggestion.pk}/change/")
    staff_page.get_by_role("link", name="Подготовить публичный ответ", exact=True).click()
    staff_page.get_by_role("textbox", name="Заголовок:", exact=True).fill("Урна у входа")
    assert violations(staff_page) == []
    staff_page.get_by_role("button", name="Закрасить всё найденное", exact=True).click()
    text = staff_page.get_by_role("textbox", name="Текст для всех:", exact=True)
    expect(text).to_have_value(
        "[имя], [имя] и [имя] курят у входа, в коридоре дым. Поставьте урну."
    )
    staff_page.get_by_role("button", name="Опубликовать сейчас", exact=True).click()
    staff_page.get_by_text("«Урна у входа» теперь видно всем.").wait_for()
    assert "имя" in Publication.objects.published().get().text


def test_merging_with_a_similar_suggestion_takes_one_click(staff_page):
    original = factories.suggestion(text=TEXT)
    duplicate = factories.suggestion(topic=original.topic, text="В коридоре дым, нужна урна.")
    staff_page.goto(f"/admin/feedback/suggestion/{duplicate.pk}/change/")
    staff_page.get_by_role("button", name=f"Объединить с {original}", exact=True).click()
    staff_page.get_by_text("объединено с похожим.").wait_for()
    assert Suggestion.objects.get(pk=duplicate.pk).duplicate_of == original
