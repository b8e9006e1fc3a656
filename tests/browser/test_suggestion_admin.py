"""The desk as staff see it: nothing is cut off, everything has a name."""

import pytest
from django.utils import timezone

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
def at_desk(open_browser):
    """Opens a page of the admin in a window so wide, as one who may do everything."""

    def open_page(address, width):
        page = open_browser(width=width, audit=True)
        log_in(page, factories.staff())
        page.goto(address)
        return page

    return open_page


def with_a_history():
    topic = factories.suggestion_topic(title="Организация учебного процесса")
    suggestion = factories.suggestion(topic=topic, text="Поставьте лавочки. " * 9)
    suggestion.ask("Сколько лавочек поставить во дворе и где именно? " * 9, None)
    suggestion.decline("Объяснение, которое непременно нужно прочитать целиком. " * 9, None)
    return suggestion


def test_the_history_is_not_cut_off_on_a_phone(at_desk):
    page = at_desk(f"{LIST}{with_a_history().pk}/change/", 360)
    assert page.locator("#events-group td.field-text:visible").count() == 2
    assert page.evaluate(CUT, "#events-group") == []
    assert violations(page) == []


def test_the_list_is_not_cut_off_on_a_desktop(at_desk):
    with_a_history()
    page = at_desk(LIST, 1440)
    assert page.evaluate(CUT, "#changelist-form") == []
    assert violations(page) == []


@pytest.mark.parametrize("name", ["suggestion", "publication", "mail", "suggestiontopic"])
def test_the_lists_fit_on_a_phone(at_desk, name):
    with_a_history()
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    factories.suggestion(email="a@example.ru", **consent)
    Mail.objects.update(last_error="450 4.2.2 <a@example.ru>: Recipient address rejected " * 3)
    factories.publication(title="Лавочки во дворе, у спортзала и перед главным входом")
    page = at_desk(f"/admin/feedback/{name}/", 360)
    assert page.locator("#result_list tbody tr").count() > 0
    results = page.locator("#changelist-form .results")
    assert results.evaluate("e => e.scrollWidth - e.clientWidth") == 0


@pytest.mark.parametrize("address", ["news/post/add/", "feedback/suggestiontopic/"])
def test_every_field_has_a_label(at_desk, address):
    factories.suggestion_topic()
    page = at_desk(f"/admin/{address}", 1280)
    assert "label" not in dict(violations(page))


@pytest.mark.parametrize("width", [320, 360, 767])
def test_app_and_model_names_are_not_broken_on_a_phone(at_desk, width):
    page = at_desk("/admin/", width)
    rooms = page.locator("#content-main .module")
    assert rooms.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).length") == 0
    lines = """all => all.filter(e => e.getClientRects().length > e.textContent.split(" ").length)
      .map(e => e.textContent)"""
    assert page.locator("#content-main th a").evaluate_all(lines) == []


def test_the_result_post_field_has_a_label_and_no_links(at_desk):
    publication = factories.publication()
    page = at_desk(f"/admin/feedback/publication/{publication.pk}/change/", 1280)
    page.get_by_role("combobox", name="Публикация о результате").wait_for()
    assert page.locator(".related-widget-wrapper-link").count() == 0
    assert violations(page) == []
