"""A real browser with a live server; a console error or CSP report fails the test."""

import os
import shutil
from datetime import timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from feedback.moderation import abuse

BINARIES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
FAILED_LOADS = ("Failed to load resource", "Failed to fetch dynamically imported module")
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"

expect.set_options(timeout=30_000)

# Playwright runs an event loop in the thread of the test, in which Django forbids queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            # For a loaded machine; reruns are reported.
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def browser():
    binary = next(filter(None, map(shutil.which, BINARIES)), None)
    if binary is None:
        message = f"no Chromium ({', '.join(BINARIES)}) on the PATH: install Debian's chromium"
        if REQUIRED:
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(browser, live_server):
    """A function that opens pages with relative URLs: open_browser(width=360, dark=True)."""
    contexts, complaints = [], []

    def open_page(*, width=1280, dark=False, javascript=True, audit=False, zone="Europe/Saratov"):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            # An audit must not meet a colour in the middle of a transition.
            reduced_motion="reduce" if audit else "no-preference",
            java_script_enabled=javascript,
            bypass_csp=audit,  # axe adds inline styles
            locale="ru-RU",
            timezone_id=zone,
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: record_complaint(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def record_complaint(complaints, message):
    """Record a console error or warning, but not that a response failed or the page was left."""
    is_failed_load = any(words in message.text for words in FAILED_LOADS)
    if message.type in ("error", "warning") and not is_failed_load:
        complaints.append(message.text)


@pytest.fixture(autouse=True)
def allow_instant_submissions(monkeypatch):
    """Allow instant submissions, which the site would otherwise treat as suspicious."""
    monkeypatch.setattr(abuse, "FASTEST", timedelta())


@pytest.fixture
def page(open_browser):
    return open_browser()
