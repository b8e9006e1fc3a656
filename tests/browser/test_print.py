"""Printed pages."""

import datetime

import pypdfium2
import pytest
from django.utils import timezone

from tests import factories
from tests.browser.test_dialogue import send

PAPER = 680  # CSS pixels between the margins of A4
AFTER = "e => getComputedStyle(e, '::after').content"


@pytest.fixture
def open_printed(open_browser):
    """A function that opens a URL with print styles, in a given or a new page."""

    def open_page(address, page=None):
        page = page or open_browser(width=PAPER)
        page.emulate_media(media="screen")
        page.goto(address)
        page.emulate_media(media="print")
        return page

    return open_page


def is_left_out(part):
    """Whether an element exists on the page, but is not printed."""
    return part.count() == 1 and part.is_hidden()


def test_print_hides_interactive_parts_and_shows_the_contacts(open_printed):
    factories.college()
    post = factories.announcement()
    factories.post()
    page = open_printed(post.get_absolute_url())
    for hidden in (".menu", ".sharing", ".neighbours", ".accessible-version-switch", ".crumbs"):
        assert is_left_out(page.locator(hidden)), hidden
    for hidden in ("Добавить в календарь", "Показать на карте"):
        assert is_left_out(page.get_by_text(hidden)), hidden
    assert page.get_by_text("8 (8452) 11-22-33").is_visible()
    assert is_left_out(open_printed("/", page).get_by_text("Все новости"))


def test_a_printed_post_has_one_column_with_small_pictures(open_printed, open_browser):
    post = factories.photo(size=(600, 800), is_cover=True).post
    factories.photo(post, size=(600, 800), order=2)
    page = open_printed(post.get_absolute_url(), open_browser(width=1280))
    edges = [
        page.locator(part).evaluate("e => e.getBoundingClientRect().left")
        for part in (".post__body", ".post__cover")
    ]
    assert edges[0] == edges[1]
    heights = page.locator("img").evaluate_all("all => all.map(e => e.offsetHeight)")
    assert max(heights) <= 265  # seven centimetres


def test_a_wide_table_fits_the_paper_width(open_printed):
    cells = "<td>Специальность</td>" * 8
    post = factories.post(body=f"<table><tbody><tr>{cells}</tr></tbody></table>")
    table = open_printed(post.get_absolute_url()).locator(".rich-text__table")
    assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_printed_links_show_their_url_except_phone_numbers(open_printed):
    links = ("https://example.ru/plan", "/news/", "tel:112")
    post = factories.post(body="".join(f'<p><a href="{link}">Слово</a></p>' for link in links))
    document = factories.document(post)
    page = open_printed(post.get_absolute_url())
    link_texts = [link.evaluate(AFTER) for link in page.locator(".rich-text a").all()]
    assert link_texts == ['" (https://example.ru/plan)"', '" (/news/)"', "none"]
    address = f'" ({document.get_absolute_url()})"'
    assert page.locator(".document a").evaluate(AFTER) == address


def test_a_printed_page_shows_its_url_with_the_site_name(open_printed, settings):
    post = factories.post()
    address = f"{settings.SITE_URL}{post.get_absolute_url()}"  # independent of the requested host
    page = open_printed(post.get_absolute_url())
    assert page.get_by_text(f"Адрес страницы: {address}").is_visible()


def test_a_typographic_cover_is_printed_in_black(open_printed):
    factories.post()
    cover = open_printed("/").locator(".typographic-cover").first
    assert cover.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_the_accessible_version_does_not_change_the_printed_size(open_printed, open_browser):
    factories.college()
    page = open_browser(width=PAPER)
    page.goto("/accessibility/")
    page.get_by_label("Очень крупный: вдвое больше").check()
    page.get_by_role("button", name="Применить").click()
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert open_printed("/", page).evaluate(size) == pytest.approx(11 * 4 / 3, rel=0.01)


def test_folded_tables_are_printed_open(open_printed):
    factories.answered(received_at=timezone.now() - datetime.timedelta(days=40))
    page = open_printed("/feedback/figures/")
    assert page.locator("td").first.is_visible()
    assert page.locator("summary").first.is_hidden()


def count_pages(page):
    """How many sheets of A4 the open page takes."""
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1.5cm")
    return len(pypdfium2.PdfDocument(page.pdf(format="A4", margin=margins)))


def test_a_receipt_is_printed_on_one_sheet_without_its_temporary_address(open_browser):
    factories.college()
    page = open_browser()
    send(page)
    page.emulate_media(media="print")
    assert page.get_by_text("Ответим до").is_visible()
    assert page.get_by_text("Адрес страницы").is_hidden()
    assert count_pages(page) == 1


@pytest.mark.parametrize("address", ["/search/?q=завод", "/no-such-page/", "/accessibility/"])
def test_a_page_without_a_canonical_address_prints_none(open_printed, address):
    assert is_left_out(open_printed(address).get_by_text("Адрес страницы"))


def test_figures_leave_no_large_part_of_a_sheet_blank(open_browser):
    factories.college()
    for number in range(8):
        received_at = timezone.now() - datetime.timedelta(days=10 + 30 * number)
        topic = factories.suggestion_topic(title=f"Тема {number}")
        factories.answered(topic=topic, received_at=received_at)
    page = open_browser()
    page.goto("/feedback/figures/")
    assert count_pages(page) == 2
