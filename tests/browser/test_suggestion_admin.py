"""The admin of suggestions: no overflow, every control has a name."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from feedback.models import Mail
from tests import factories
from tests.browser.test_accessibility import violations
from tests.browser.test_post_admin import log_in

LIST = "/admin/feedback/suggestion/"
CUT = """(selector) => {
  const group = document.querySelector(selector);
  const edge = group.getBoundingClientRect().right + 1;
  return [...group.querySelectorAll("td")]
    .filter((cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > edge)
    .map((cell) => cell.textContent.trim());
}"""


@pytest.fixture
def open_admin(open_browser):
    """A function that opens an admin page as a superuser in a window of a given width."""

    def open_page(address, width):
        page = open_browser(width=width, audit=True)
        log_in(page, factories.staff())
        page.goto(address)
        return page

    return open_page


def suggestion_with_history():
    topic = factories.suggestion_topic(title="Организация учебного процесса")
    suggestion = factories.suggestion(topic=topic, text="Поставьте лавочки. " * 9)
    suggestion.ask("Сколько лавочек поставить во дворе и где именно? " * 9, None)
    suggestion.decline("Объяснение, которое непременно нужно прочитать целиком. " * 9, None)
    return suggestion


@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_of_a_suggestion_fits_and_is_accessible(open_admin, width):
    page = open_admin(f"{LIST}{suggestion_with_history().pk}/act/note/", width)
    expect(page.locator("[data-keys][data-is-ready]")).to_be_attached()
    assert page.locator(".dialogue__words:visible").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


@pytest.mark.parametrize("width", [768, 1440])
def test_the_list_is_not_cut_off_on_wide_screens(open_admin, width):
    suggestion_with_history()
    page = open_admin(LIST, width)
    assert page.evaluate(CUT, "#changelist-form") == []
    assert violations(page) == []


@pytest.mark.parametrize("name", ["suggestion", "publication", "mail", "suggestiontopic"])
def test_the_lists_fit_on_a_phone(open_admin, name):
    suggestion_with_history()
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    factories.suggestion(email="a@example.ru", **consent)
    Mail.objects.update(last_error="450 4.2.2 <a@example.ru>: Recipient address rejected " * 3)
    factories.publication(title="Лавочки во дворе, у спортзала и перед главным входом")
    page = open_admin(f"/admin/feedback/{name}/", 360)
    assert page.locator("#result_list tbody tr").count() > 0
    results = page.locator("#changelist-form .results")
    assert results.evaluate("e => e.scrollWidth - e.clientWidth") == 0


@pytest.mark.parametrize("address", ["news/post/add/", "feedback/suggestiontopic/"])
def test_every_field_has_a_label(open_admin, address):
    factories.suggestion_topic()
    page = open_admin(f"/admin/{address}", 1280)
    assert "label" not in dict(violations(page))


@pytest.mark.parametrize("width", [320, 360, 767])
def test_app_and_model_names_are_not_broken_on_a_phone(open_admin, width):
    page = open_admin("/admin/", width)
    rooms = page.locator("#content-main .module")
    assert rooms.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).length") == 0
    lines = """all => all.filter(e => e.getClientRects().length > e.textContent.split(" ").length)
      .map(e => e.textContent)"""
    assert page.locator("#content-main th a").evaluate_all(lines) == []


def test_the_result_post_field_has_a_label_and_no_links(open_admin):
    publication = factories.publication()
    page = open_admin(f"/admin/feedback/publication/{publication.pk}/change/", 1280)
    page.get_by_role("combobox", name="Публикация о результате").wait_for()
    assert page.locator(".related-widget-wrapper-link").count() == 0
    assert violations(page) == []
