"""What a printer gets of a page."""

import pytest

from tests import factories

PAPER = 680  # CSS pixels that A4 leaves between its margins
AFTER = "e => getComputedStyle(e, '::after').content"


@pytest.fixture
def printed(open_browser):
    """Opens the page at an address as it goes on paper, in a `page` that is open already or not."""

    def open_page(address, page=None):
        page = page or open_browser(width=PAPER)
        page.emulate_media(media="screen")
        page.goto(address)
        page.emulate_media(media="print")
        return page

    return open_page


def is_left_out(part):
    """Whether the page has it and paper does not."""
    return part.count() == 1 and part.is_hidden()


def test_print_hides_interactive_parts_and_shows_the_contacts(printed):
    factories.college()
    post = factories.announcement()
    factories.post()
    page = printed(post.get_absolute_url())
    for gone in (".menu", ".sharing", ".neighbours", ".accessible-version-switch", ".crumbs"):
        assert is_left_out(page.locator(gone)), gone
    for gone in ("Добавить в календарь", "Показать на карте"):
        assert is_left_out(page.get_by_text(gone)), gone
    assert page.get_by_text("8 (8452) 11-22-33").is_visible()
    assert is_left_out(printed("/", page).get_by_text("Все новости"))


def test_a_printed_post_has_one_column_with_small_pictures(printed, open_browser):
    post = factories.photo(size=(600, 800), is_cover=True).post
    factories.photo(post, size=(600, 800), order=2)
    page = printed(post.get_absolute_url(), open_browser(width=1280))
    edges = [
        page.locator(part).evaluate("e => e.getBoundingClientRect().left")
        for part in (".post__body", ".post__cover")
    ]
    assert edges[0] == edges[1]
    heights = page.locator("img").evaluate_all("all => all.map(e => e.offsetHeight)")
    assert max(heights) <= 265  # seven centimetres


def test_a_wide_table_fits_the_paper_width(printed):
    cells = "<td>Специальность</td>" * 8
    post = factories.post(body=f"<table><tbody><tr>{cells}</tr></tbody></table>")
    table = printed(post.get_absolute_url()).locator(".rich-text__table")
    assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_printed_links_show_their_url_except_phone_numbers(printed):
    links = ("https://example.ru/plan", "/news/", "tel:112")
    post = factories.post(body="".join(f'<p><a href="{link}">Слово</a></p>' for link in links))
    document = factories.document(post)
    page = printed(post.get_absolute_url())
    shown = [link.evaluate(AFTER) for link in page.locator(".rich-text a").all()]
    assert shown == ['" (https://example.ru/plan)"', '" (/news/)"', "none"]
    address = f'" ({document.get_absolute_url()})"'
    assert page.locator(".document a").evaluate(AFTER) == address


def test_a_printed_page_shows_its_url_with_the_site_name(printed, settings):
    post = factories.post()
    address = f"{settings.SITE_URL}{post.get_absolute_url()}"  # whatever name it was asked for by
    page = printed(post.get_absolute_url())
    assert page.get_by_text(f"Адрес страницы: {address}").is_visible()


def test_a_typographic_cover_is_printed_in_black(printed):
    factories.post()
    cover = printed("/").locator(".typographic-cover").first
    assert cover.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_the_accessible_version_does_not_change_the_printed_size(printed, open_browser):
    factories.college()
    page = open_browser(width=PAPER)
    page.goto("/accessibility/")
    page.get_by_label("Очень крупный: вдвое больше").check()
    page.get_by_role("button", name="Применить").click()
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert printed("/", page).evaluate(size) == pytest.approx(11 * 4 / 3, rel=0.01)
