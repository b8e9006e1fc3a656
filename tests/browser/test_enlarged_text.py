"""Text that a visitor has enlarged: a larger font by default, or zoom of text alone."""

import pytest
from django.http import HttpResponse
from playwright.sync_api import expect

from feedback.author_session import AUTHOR_COOKIE
from tests import factories
from tests.browser.test_accessibility import create_everything
from tests.clients import start_author_session

# Width of the window and font size of the browser in per cent: a telephone, and a desk where only
# the text grows. Every size of the site's text follows that of the browser.
ENLARGED = [(320, 150), (320, 200), (390, 150), (390, 200), (768, 200), (1024, 200), (1440, 200)]
STICKS_OUT = """() => [...document.body.querySelectorAll("*")]
  .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, .skip-link"))
  .filter((each) => !each.closest(".rich-text__table, .chart, pre, svg, [tabindex='0']"))
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 60)).slice(-3)"""
EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sideways(page):
    """(width, per cent, elements) wherever the open page is wider than its window."""
    style = page.add_style_tag(content="html {}")
    found = []
    for width, percent in ENLARGED:
        page.set_viewport_size({"width": width, "height": 900})
        style.evaluate("(e, percent) => (e.textContent = `html {font-size: ${percent}%}`)", percent)
        if page.evaluate(EXCESS) > 0:
            found.append((width, percent, page.evaluate(STICKS_OUT)))
    return found


def long_words():
    """A post with words of everyday length, and a partner whose name is long."""
    post = factories.announcement(
        title="Электрооборудование и автоматизация сельскохозяйственных предприятий",
        lead="Профориентационное мероприятие для несовершеннолетних первокурсников.",
        place="Электромонтажная лаборатория",
        topic=factories.topic(title="Профориентационная деятельность"),
        body="<p>Высококвалифицированный.</p><h2>Взаимозаменяемость</h2>",
    )
    factories.photo(post, is_cover=True, caption="Электромонтажная", credit="Константинопольский")
    factories.document(post, title="Противокоррупционное_положение_2026")
    partner = factories.partner(name="Росэнергоатом — Балаковоэнергоремонт")
    post.participations.create(partner=partner)
    return [post.get_absolute_url(), partner.get_absolute_url()]


def test_no_page_scrolls_sideways_with_enlarged_text(open_browser):
    page = open_browser(audit=True)
    faults = {}
    for address in [*long_words(), *create_everything()]:
        page.goto(address)
        if found := sideways(page):
            faults[address] = found
    assert faults == {}


# More lines than words: a word was broken, or each letter has a line of its own.
BROKEN = """() => [...document.querySelectorAll("main .button, main h1, main .sharing a")]
  .filter((each) => each.checkVisibility())
  .filter((each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
    return tops.size > each.textContent.trim().split(/[\\s-]+/).length;
  })
  .map((each) => each.textContent.trim())"""


@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_enlarged_words_stay_whole_where_there_is_room(open_browser, width):
    page = open_browser(width=width, audit=True)
    for address in [*long_words(), "/", "/feedback/", "/feedback/new/", "/feedback/answers/"]:
        page.goto(address)
        page.add_style_tag(content="html {font-size: 200%}")
        assert page.evaluate(BROKEN) == [], address


def test_no_page_of_an_author_scrolls_sideways_with_enlarged_text(open_browser, live_server):
    page = open_browser(audit=True)
    factories.college()
    faults = {}
    for state, step in {"waiting": "reply", "received": "withdraw", "answered": "reopen"}.items():
        response = HttpResponse()
        start_author_session(response, factories.suggestion(status=state, answer="Стоят."))
        cookie = {"name": AUTHOR_COOKIE, "value": response.cookies[AUTHOR_COOKIE].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        for address in ("/feedback/mine/", f"/feedback/mine/{step}/"):
            page.goto(address)
            if found := sideways(page):
                faults[state, address] = found
    assert faults == {}


def test_the_receipt_does_not_scroll_sideways_with_enlarged_text(open_browser):
    page = open_browser(audit=True)
    topic = factories.suggestion_topic()
    page.goto("/feedback/new/")
    page.get_by_label("О чём предложение").select_option(str(topic.pk))
    page.get_by_label("Родитель").check()
    page.get_by_label("Ваше предложение").fill("Повесьте расписание у входа в мастерские.")
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте и отправьте")
    assert sideways(page) == []
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")
    assert sideways(page) == []
