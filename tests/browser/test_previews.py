"""A teacher looks at a draft as visitors will see it and sends a link to the director."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Handout, PreviewLink
from tests import factories
from tests.browser.test_accessibility import RULES
from tests.browser.test_post_admin import log_in

SHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture
def draft():
    post = factories.draft(title="День открытых дверей", lead="Пришли 200 школьников.")
    factories.photo(post=post, size=(800, 600), alt="Зал")
    post.choose_cover()
    return post


@pytest.fixture
def page(open_browser):
    page = open_browser()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page, factories.staff())
    return page


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_the_preview_shows_the_draft_at_the_width_of_a_phone(page, draft):
    page.goto(f"/admin/news/post/{draft.pk}/preview/")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="День открытых дверей")).to_be_visible()
    shoot(page, "preview-desk")
    page.get_by_role("link", name="Телефон").click()
    expect(frame.get_by_role("heading", name="День открытых дверей")).to_be_visible()
    assert page.locator("iframe").bounding_box()["width"] <= 392
    shoot(page, "preview-phone")
    page.get_by_role("link", name="Версия для слабовидящих").click()
    expect(frame.locator("html.accessible-version")).to_have_count(1)


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_the_cards_of_a_link_fit_and_are_accessible(open_browser, draft, width, dark):
    page = open_browser(audit=True, width=width, dark=dark)
    log_in(page, factories.staff())
    draft.title = "Круглый стол с работодателями о трудоустройстве выпускников " * 2
    draft.save()
    page.goto(f"/admin/news/post/{draft.pk}/preview/")
    page.get_by_role("link", name="Ссылка в VK, MAX, Telegram").click()
    expect(page.get_by_text("Заголовок длинный")).to_be_visible()
    pictures = page.get_by_role("img", name="Картинка карточки")
    expect(pictures).to_have_count(3)
    page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    shoot(page, f"link-cards-{width}")
    assert audit(page, "body") == []
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(fits)


def test_a_link_is_made_copied_and_revoked_without_leaving_the_form(page, draft, open_browser):
    page.goto(f"/admin/news/post/{draft.pk}/change/")
    page.get_by_label("Заголовок:").fill("Ещё не сохранено")
    page.get_by_role("button", name="Создать ссылку").click()
    page.locator("#preview-links").get_by_role("button", name="Скопировать").click()
    address = page.evaluate("navigator.clipboard.readText()")
    shoot(page, "form")
    director = open_browser(width=390)
    director.goto(address.replace("http://testserver", ""))
    expect(director.get_by_role("heading", name="День открытых дверей")).to_be_visible()
    expect(director.get_by_role("img", name="Зал")).to_be_visible()
    assert director.evaluate("document.images[0].naturalWidth") > 0
    shoot(director, "director")
    page.get_by_role("button", name="Отозвать").click()
    expect(page.get_by_text("Действующих ссылок нет.")).to_be_visible()
    assert not PreviewLink.objects.active().exists()
    expect(page.get_by_label("Заголовок:")).to_have_value("Ещё не сохранено")


def test_a_link_can_be_made_without_scripts(open_browser, draft):
    page = open_browser(javascript=False)
    log_in(page, factories.staff())
    page.goto(f"/admin/news/post/{draft.pk}/change/")
    page.get_by_role("button", name="Создать ссылку").click()
    field = page.get_by_label("Новая ссылка")
    expect(field).to_have_value(re.compile(r"http://testserver/preview/[\w-]{43}/"))


def test_the_text_for_a_channel_is_copied_by_one_click_and_noted(page, draft):
    draft.publish()
    page.goto(f"/admin/news/post/{draft.pk}/change/")
    page.get_by_role("button", name="Скопировать для MAX").click()
    expect(page.get_by_text("Текст скопирован для MAX")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("День открытых дверей\n\nПришли 200 школьников.")
    assert Handout.objects.get().channel == "max"
    expect(page.get_by_role("button", name="Скопировать для MAX")).to_be_focused()
    shoot(page, "channels")


def test_the_photos_for_a_channel_are_downloaded_by_one_click(page, draft):
    draft.publish()
    page.goto(f"/admin/news/post/{draft.pk}/change/")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("2560 точек.*VK")).click()
    assert download.value.suggested_filename == f"{draft.slug}-vk.zip"


def audit(page, part):
    """What axe finds in a part of the page; frames are checked as pages of their own."""
    options = {**RULES, "preload": False, "iframes": False}
    found = Axe().run(page, context=part, options=options).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.slow
def test_our_pages_of_the_admin_have_no_accessibility_violations(open_browser, draft):
    page = open_browser(audit=True)
    log_in(page, factories.staff())
    factories.announcement(-3)
    report = factories.post(event_date=timezone.localdate())
    parts = {
        f"/admin/news/post/{draft.pk}/preview/": "body",
        f"/admin/news/post/{draft.pk}/preview/page/": "body",
        "/admin/news/post/events/": "body",
        f"/admin/news/post/{draft.pk}/change/": "#preview-links",
        f"/admin/news/post/{report.pk}/change/": "#channels",
        "/admin/": ".desk-panels",
    }
    for address, part in parts.items():
        page.goto(address)
        assert audit(page, part) == [], address
        shoot(page, f"audit-{part.strip('.#')}")
