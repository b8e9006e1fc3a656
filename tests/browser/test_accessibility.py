"""WCAG 2.2 AA for every public page, as far as axe can check."""

import datetime
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.http import HttpResponse
from django.utils import timezone
from playwright.sync_api import expect

from feedback.author_session import AUTHOR_COOKIE
from feedback.forms.suggestion import SuggestionForm
from tests import factories
from tests.clients import start_author_session

FOUND = "/search/?q=публикация"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def create_everything():
    """A site with all kinds of content; returns the URLs of its pages."""
    factories.college(working_hours="Пн–пт 8:00–17:00", fax="8 (8452) 11-22-34")
    subject = factories.topic()
    post = factories.announcement(
        topic=subject,
        place="Актовый зал",
        body="<h2>О чём</h2><ul><li>раз</li></ul><blockquote><p>Да.</p></blockquote>"
        "<table><tbody><tr><th>Час</th><td>10:00</td></tr></tbody></table>",
    )
    partner = factories.partner(
        site="https://example.ru/",
        logo=ContentFile(factories.picture_bytes((900, 300)), name="logo.jpg"),
    )
    post.participations.create(partner=partner, is_host=True)
    for number in range(3):
        factories.photo(post, is_cover=number == 0, caption="Подпись", alt=f"Снимок {number}")
    factories.video(post, still=factories.photo(post, alt="Заставка"))
    factories.document(post)
    factories.post(topic=subject)
    consent = factories.consent()
    factories.suggestion_topic()
    month_ago = timezone.now() - datetime.timedelta(days=31)
    suggestion = factories.suggestion(may_publish=True, received_at=month_ago)
    publication = factories.publication(suggestion=suggestion, result_post=post)
    return [
        "/",
        "/news/",
        f"/news/{post.academic_year.slug}/",
        f"/news/{post.academic_year.slug}/{post.published_at:%m}/?kind=report",
        "/topics/",
        subject.get_absolute_url(),
        "/partners/",
        partner.get_absolute_url(),
        "/events/",
        "/search/",
        FOUND,
        "/search/?q=ничего",
        "/news/2010-2011/",
        post.get_absolute_url(),
        "/feedback/",
        "/feedback/new/",
        "/feedback/status/",
        "/feedback/receipt/verify/",
        "/feedback/answers/",
        publication.get_absolute_url(),
        "/feedback/figures/",
        "/accessibility/",
        consent.get_absolute_url(),
        "/no-such-page/",
    ]


def test_the_audited_pages_contain_search_marks_and_stills(page):
    addresses = create_everything()
    page.goto(FOUND)
    expect(page.locator("mark").first).to_have_text("Публикация")
    page.goto(post_among(addresses))
    expect(page.get_by_role("img", name="Заставка")).to_be_attached()


def post_among(addresses):
    """The URL of the post with all features."""
    return next(address for address in addresses if address.startswith("/news/publ"))


def violations(page, rules=RULES):
    found = Axe().run(page, options=rules).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found]


def dark_violations(page):
    """The violations once the page, loaded light, has changed its colours."""
    page.emulate_media(color_scheme="dark")
    found = violations(page, COLOUR_RULES)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_has_accessibility_violations(open_browser, width):
    page = open_browser(width=width, audit=True)
    for address in create_everything():
        page.goto(address)
        assert violations(page) == [], address
        assert dark_violations(page) == [], address


def test_the_form_with_errors_has_no_accessibility_violations(open_browser):
    page = open_browser(audit=True)
    factories.consent()
    factories.suggestion_topic()
    page.goto("/feedback/new/")
    page.get_by_label("письмом на электронную почту").check()
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert violations(page) == []


def test_check_page_and_receipt_have_no_accessibility_violations(open_browser):
    page = open_browser(audit=True)
    topic = factories.suggestion_topic()
    page.goto("/feedback/new/")
    page.get_by_label("О чём предложение").select_option(str(topic.pk))
    page.get_by_label("Родитель").check()
    page.get_by_label("Ваше предложение").fill(f"Повесьте расписание у входа {uuid4()}.")
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте и отправьте")
    assert violations(page) == []
    page.get_by_role("button", name="Отправить предложение").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Предложение принято")
    assert violations(page) == []


@pytest.mark.parametrize("stored", ["topics", "nothing"])
def test_the_recovery_form_has_no_accessibility_violations(open_browser, monkeypatch, stored):
    """With the form of the site, and on the plain page that needs no database."""
    page = open_browser(width=360, audit=True)
    factories.suggestion_topic()
    page.goto("/feedback/new/")

    def fail(*args, **kwargs):
        raise OperationalError("locked")

    monkeypatch.setattr(SuggestionForm, "is_valid", fail)
    if stored == "nothing":
        monkeypatch.setattr(SuggestionForm, "discard_errors", fail)
    page.get_by_label("Ваше предложение").fill("Повесьте расписание у входа.")
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_role("alert")).to_contain_text("подождите полминуты")
    assert violations(page) == []


def test_controls_are_large_enough_to_touch(open_browser):
    page = open_browser(width=360)
    small = """() => [...document.querySelectorAll(
        `nav a, .button, .contact-footer a, .post__facts a, .post__partners a,
         input:not([type=hidden]), select, textarea`)]
      .filter(e => e.checkVisibility())
      .map(e => [e.outerHTML.slice(0, 80), (e.closest(".choice") ?? e).getBoundingClientRect()])
      .filter(([html, box]) => box.height < 43.9).map(([html]) => html)"""
    for address in create_everything():
        page.goto(address)
        assert page.evaluate(small) == [], address


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1440, True)])
def test_the_pages_of_an_author_have_no_accessibility_violations(
    open_browser, live_server, width, dark
):
    page = open_browser(width=width, dark=dark, audit=True)
    factories.college()
    states = {"waiting": "reply", "received": "withdraw", "answered": "reopen", "withdrawn": ""}
    for state, step in states.items():
        response = HttpResponse()
        start_author_session(response, factories.suggestion(status=state, answer="Стоят."))
        cookie = {"name": AUTHOR_COOKIE, "value": response.cookies[AUTHOR_COOKIE].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        for address in (
            "/feedback/mine/",
            f"/feedback/mine/{step}/" if step else "/feedback/status/",
        ):
            page.goto(address)
            assert violations(page) == [], (state, address)


OUTLINED = """() => {
  const element = document.activeElement;
  return [element, element.closest(".post-card, .subjects > li")]
    .filter(Boolean)
    .map((each) => getComputedStyle(each))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""


@pytest.mark.parametrize("address", ["/", "/partners/", "/feedback/new/"])
def test_whatever_has_the_keyboard_focus_is_outlined(open_browser, address):
    create_everything()
    page = open_browser()
    page.goto(address)
    passed = 0
    page.keyboard.press("Tab")
    while (element := page.evaluate("document.activeElement.outerHTML")).startswith(
        "<body"
    ) is False:
        assert page.evaluate(OUTLINED), element[:200]
        passed += 1
        page.keyboard.press("Tab")
    assert passed > 10


def test_nothing_moves_where_motion_is_unwanted(open_browser):
    create_everything()
    page = open_browser()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    durations = "all => [...new Set(all.map(e => getComputedStyle(e).transitionDuration))]"
    assert page.locator("body *").evaluate_all(durations) == ["0s"]
