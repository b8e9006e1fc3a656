"""Reading the news."""

import pytest
from playwright.sync_api import expect

from tests import factories


def test_a_report_can_be_opened_from_the_home_page(page):
    factories.college()
    post = factories.post(title="Круглый стол с работодателями", body="<p>Обсудили практику.</p>")
    factories.photo(post, is_cover=True, alt="Стол и стулья")
    page.goto("/")
    page.get_by_role("link", name="Круглый стол с работодателями").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Круглый стол с работодателями")
    expect(page.get_by_text("Обсудили практику.")).to_be_visible()
    expect(page.get_by_role("img", name="Стол и стулья")).to_be_visible()


def test_the_whole_card_links_its_post(page):
    post = factories.post(lead="Подробности внутри.")
    page.goto("/news/")
    page.get_by_text("Подробности внутри.").click(force=True)
    page.wait_for_url(f"**{post.get_absolute_url()}")


def test_a_gallery_photograph_opens_without_javascript(open_browser):
    post = factories.post()
    factories.photo(post, is_cover=True)
    factories.photo(post, alt="Токарный станок")
    page = open_browser(javascript=False)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Открыть снимок 1 из 1: Токарный станок").click()
    page.wait_for_url("**/master.jpg")


def test_the_skip_link_moves_the_focus_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Перейти к содержанию")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(open_browser, width):
    factories.college()
    post = factories.announcement(
        title="Механизмы " + "взаимодействия " * 12 + "сверхдлинноеслово" * 4,
        body="<table><tbody><tr>" + "<td>Специальность</td>" * 9 + "</tr></tbody></table>"
        f"<blockquote><p>{'рентгеноэлектрокардиографический' * 3}</p></blockquote>"
        f"<ul><li>{'https://example.ru/' + 'a' * 90}</li></ul>"
        f'<p><a href="https://example.ru/">{"a" * 120}</a></p>',
        place="Актовый зал " + "А-101/" * 20,
        topic=factories.topic(title="Сельскохозяйственное" * 3),
    )
    post.participations.create(partner=factories.partner(name="Метал" * 30))
    factories.document(post, title="приказ_№_" * 20)
    factories.photo(post, is_cover=True, caption="подпись" * 20)
    factories.photo(post, alt="Снимок", caption="подпись" * 20, credit="имя" * 20)
    page = open_browser(width=width)
    post.participations.create(partner=factories.partner(name="Сверхдлинноеслово" * 8))
    lists = ("/news/", f"/news/{post.academic_year.slug}/", "/partners/", "/events/")
    pages = ("/", "/search/?q=механизмы", "/feedback/", "/feedback/new/", "/feedback/status/")
    for address in (*pages, *lists, post.get_absolute_url()):
        page.goto(address)
        scroll = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(scroll) <= 0, address


def test_the_layout_does_not_shift_while_loading(open_browser):
    factories.college()
    post = factories.post(lead="Длинный лид. " * 20)
    factories.photo(post, size=(1600, 1067), is_cover=True)
    page = open_browser(width=360)
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    assert page.evaluate("shift") < 0.02


@pytest.mark.parametrize("large", [False, True])
def test_a_long_word_in_a_title_fits_a_small_phone(open_browser, large):
    """«Профориентационно-», also with text enlarged by half."""
    factories.college(name="Балаковский политехнический техникум")
    topic = factories.topic(title="Профориентационно-" if large else "Общеобразовательными")
    factories.post(topic=topic)
    page = open_browser(width=320)
    if large:
        page.goto("/accessibility/")
        page.get_by_role("button", name="Применить").click()
    page.goto(topic.get_absolute_url())
    lines = "e => { const r = document.createRange(); r.selectNodeContents(e);"
    lines += " return r.getClientRects().length }"
    assert page.get_by_role("heading", level=1).evaluate(lines) == 1
    assert page.get_by_role("link", name="Балаковский").evaluate(lines) <= 3
    page.goto("/")
    assert page.get_by_role("link", name="Балаковский").evaluate(lines) <= 3


def test_separators_are_never_at_the_start_of_a_line(open_browser):
    post = factories.post(topic=factories.topic(title="Сельскохозяйственное машиностроение"))
    page = open_browser(width=320)
    page.goto(post.get_absolute_url())
    top = "e => Math.round(e.getBoundingClientRect().top)"
    kicker = page.locator(".kicker")
    assert kicker.locator("b").evaluate(top) == kicker.locator("span").evaluate(top)
    after = "e => getComputedStyle(e, '::after').content"
    crumbs = [crumb.evaluate(after) for crumb in page.locator(".crumbs li").all()]
    assert [content != "none" for content in crumbs] == [True, False]


def test_list_entries_have_equal_spacing_below_their_names(open_browser):
    post = factories.post()
    for name in ("АО «Апатит»", "Министерство образования и науки Саратовской области"):
        post.participations.create(partner=factories.partner(name=name))
    page = open_browser(width=320)
    page.goto("/partners/")
    gap = """e => {
      const name = document.createRange();
      name.selectNodeContents(e.querySelector("h2 a"));
      return e.querySelector("p").getBoundingClientRect().top - name.getBoundingClientRect().bottom;
    }"""
    gaps = page.locator(".subjects > li").evaluate_all(f"all => all.map({gap})")
    assert gaps[0] == pytest.approx(gaps[1], abs=1)


def test_the_whole_list_entry_links_its_page(page):
    factories.post().participations.create(partner=factories.partner(slug="zavod"))
    page.goto("/partners/")
    page.get_by_text("1 публикация").first.click(force=True)
    page.wait_for_url("**/partners/zavod/")


def test_the_skip_link_is_hidden_and_the_search_fills_its_row(open_browser):
    factories.college()
    page = open_browser(width=768)
    page.goto("/news/")
    assert page.evaluate("document.querySelector('.skip-link').getBoundingClientRect().bottom") < -8
    row, search = (
        page.locator(selector).bounding_box() for selector in (".header__top", ".header__search")
    )
    assert search["width"] == row["width"]


def test_signs_in_a_heading_are_set_in_the_typeface_of_the_site(open_browser):
    """Chromium names the fonts that it used; №, for one, once came from another."""
    post = factories.post(title="Стипендия № 1: 2 500 ₽, балл ≥ 4,5 → «отлично»")
    page = open_browser()
    page.goto(post.get_absolute_url())
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    document = session.send("DOM.getDocument")["root"]["nodeId"]
    heading = session.send("DOM.querySelector", {"nodeId": document, "selector": "h1"})
    used = session.send("CSS.getPlatformFontsForNode", heading)["fonts"]
    assert {font["isCustomFont"] for font in used} == {True}, used
