"""The pages of the desk: WCAG 2.2 AA as far as axe can check, light and dark, wide and narrow."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_admin_pages import SMALL, check
from tests.browser.test_post_admin import log_in

DESK = "/admin/feedback/suggestion/"
OPEN_ALL = """acts => acts.forEach((act) => {
  act.removeAttribute("name");
  act.open = true;
})"""


def create_suggestions(user):
    """Suggestions of one topic, each with other things on its page."""
    topic = factories.suggestion_topic()
    with time_machine.travel(timezone.now() - datetime.timedelta(days=40)):
        late = factories.suggestion(topic=topic, responsible=user)
        promised = factories.promise(topic=topic, may_publish=True).suggestion
    asked = factories.suggestion(topic=topic, may_publish=True)
    asked.ask("Сколько лавочек поставить?", user)
    duplicate = factories.suggestion(topic=topic)
    duplicate.merge(late, user)
    suspected = {"status": "quarantine", "suspicion": "Слишком быстро после открытия формы"}
    return {
        "late": late,
        "asked": asked,
        "promised": promised,
        "duplicate": duplicate,
        "suspected": factories.suggestion(topic=topic, **suspected),
        "restricted": factories.suggestion(topic=topic, is_restricted=True, **factories.contact()),
    }


def create_pages(user):
    """The addresses of the desk, for a superuser."""
    rows = create_suggestions(user)
    late, promised, restricted = rows["late"], rows["promised"], rows["restricted"]
    publication = factories.publication(suggestion=rows["asked"])
    prepared = factories.prepared_answer()
    acts = ("answered", "forwarded", "assigned", "topic_changed")
    return [
        DESK,
        f"{DESK}?attention=overdue",
        f"{DESK}?whose=mine&q=лавочки",
        *(f"{DESK}{row.pk}/change/" for row in rows.values()),
        *(f"{DESK}{late.pk}/act/{name}/" for name in acts),
        f"{DESK}{restricted.pk}/contact/",
        *(f"{DESK}{page}/" for page in ("intake", "register", "figures", "report")),
        "/admin/feedback/publication/",
        f"/admin/feedback/publication/{publication.pk}/change/",
        f"/admin/feedback/publication/add/?suggestion={promised.pk}",
        "/admin/feedback/preparedanswer/",
        f"/admin/feedback/preparedanswer/{prepared.pk}/change/",
        "/admin/feedback/suggestiontopic/",
        f"/admin/feedback/suggestiontopic/poster/?topic={late.topic_id}",
        "/admin/feedback/mail/",
        "/admin/feedback/staffmail/mine/",
    ]


def enter_paper(page):
    """Enter a suggestion that came on paper; its receipt is shown."""
    page.goto(f"{DESK}intake/")
    page.get_by_label("Тема:", exact=True).select_option(index=1)
    page.get_by_label("Кто пишет:", exact=True).select_option("student")
    page.get_by_label("Что предлагает:", exact=True).fill("Повесьте часы в столовой.")
    page.get_by_role("button", name="Внести в журнал", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Квитанция")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_of_the_desk_has_accessibility_violations(open_browser, width):
    page = open_browser(width=width, audit=True)
    user = factories.staff()
    factories.college()
    factories.consent()
    log_in(page, user)
    for address in create_pages(user):
        page.goto(address)
        page.locator("details.act").evaluate_all(OPEN_ALL)
        check(page, address)
        if width == 360:
            assert page.evaluate(SMALL) == [], address
    enter_paper(page)
    check(page, "receipt")
