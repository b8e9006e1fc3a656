"""The pages of the admin: WCAG 2.2 AA as far as axe can check, light and dark, wide and narrow."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from college_site.guide.chapters import list_chapters
from news.models import Post
from tests import factories
from tests.browser.test_accessibility import dark_violations, violations
from tests.browser.test_post_admin import log_in

POST = "/admin/news/post/{}/change/"
WIDE = "document.documentElement.scrollWidth > window.innerWidth"
SMALL = """() => [...document.querySelectorAll(
    `#user-tools :is(a, button), .breadcrumbs a, .object-tools :is(a, button), .button, button,
     input:not([type=hidden]), select, textarea, summary, #changelist-filter a, .publish a,
     .checklist a, #result_list th a`)]
  .filter((each) => each.checkVisibility({ visibilityProperty: true })
    && !each.matches(".visually-hidden *, .select2-hidden-accessible"))
  .map((each) => each.matches("[type=checkbox], [type=radio]")
    ? (each.closest("label, .checkbox-row, td, th, .delete") ?? each) : each)
  .filter((each) => each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML.slice(0, 100))"""


def create_posts():
    """The addresses of posts in each state; of one with everything that its form can show."""
    full = factories.photo(is_cover=True, alt="Зал").post
    full.participations.create(partner=factories.partner(), is_host=True)
    factories.document(full)
    factories.video(full)
    factories.photo(full)
    hidden = factories.post(title="Снятая")
    hidden.unpublish()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    others = [
        factories.draft(title="Черновик"),
        factories.submitted(note="Нужно к понедельнику."),
        factories.returned(),
        factories.post(title="Завтра", published_at=tomorrow),
        factories.announcement(days_ahead=-3),
        hidden,
    ]
    return [POST.format(post.pk) for post in (full, *others)]


def create_pages(user):
    """The addresses of the pages that we shape, for a superuser."""
    college = factories.college()
    posts = create_posts()
    post = posts[1].removesuffix("change/")
    topic = factories.topic()
    return [
        "/admin/",
        "/admin/news/",
        "/admin/guide/",
        *(f"/admin/guide/{chapter.slug}/" for chapter in list_chapters()),
        "/admin/news/post/?q=Черновик",
        "/admin/news/post/add/",
        *posts,
        f"{post}history/",
        f"{post}delete/",
        f"{post}preview/",
        "/admin/news/post/import/",
        "/admin/news/post/events/",
        f"/admin/news/topic/{topic.pk}/change/",
        f"/admin/college_site/college/{college.pk}/change/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{user.pk}/change/",
        "/admin/password_change/",
    ]


def check(page, address):
    if page.locator("textarea[name=body]").count():
        page.locator(".ProseMirror[aria-label]").wait_for()
    assert violations(page) == [], address
    assert dark_violations(page) == [], address
    assert page.evaluate(WIDE) is False, address


@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_of_the_admin_has_accessibility_violations(open_browser, width):
    page = open_browser(width=width, audit=True)
    user = factories.staff()
    page.goto("/admin/login/")
    check(page, "login")
    log_in(page, user)
    for address in create_pages(user):
        page.goto(address)
        check(page, address)
        if width == 360 and "preview" not in address and "/auth/" not in address:
            assert page.evaluate(SMALL) == [], address


def test_the_form_after_a_conflict_and_errors_has_no_violations(open_browser):
    page = open_browser(width=1440, audit=True)
    post = factories.draft(title="Круглый стол")
    log_in(page, factories.staff())
    page.goto(POST.format(post.pk))
    Post.objects.get().save()
    page.get_by_label("Заголовок:").fill("")
    page.get_by_label("Лид:").fill("Мой лид.")
    page.get_by_role("button", name="Сохранить черновик").click()
    expect(page.get_by_role("heading", name="Сохранённое и ваше")).to_be_visible()
    check(page, "conflict")
    page.set_viewport_size({"width": 360, "height": 740})
    check(page, "conflict on a telephone")


def test_the_log_in_after_a_lost_session_has_no_violations(open_browser):
    page = open_browser(width=360, audit=True)
    log_in(page, factories.staff())
    page.goto("/admin/news/post/add/")
    page.get_by_label("Заголовок:").fill("Практика на заводе")
    page.context.clear_cookies()
    page.get_by_role("button", name="Сохранить черновик").click()
    expect(page.get_by_role("button", name="Войти и открыть форму")).to_be_visible()
    check(page, "recovery")
