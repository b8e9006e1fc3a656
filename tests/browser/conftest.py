"""A real browser on a live server; every test fails on a console error or a CSP report."""

import os
import shutil
from datetime import timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from feedback.moderation import abuse

BINARIES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"

expect.set_options(timeout=15_000)

# The browser's event loop runs in the thread of the test, where factories use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            item.add_marker(pytest.mark.flaky(reruns=1))  # a busy machine; the rerun is reported


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
    """Makes pages whose addresses are relative to the site: open_browser(width=360, dark=True)."""
    contexts, complaints = [], []

    def make(*, width=1280, dark=False, javascript=True, audit=False):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            bypass_csp=audit,  # an auditing script styles the page it looks at
            locale="ru-RU",
            timezone_id="Europe/Saratov",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complain(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def complain(complaints, message):
    """Note a console error; that a page itself answered 404 or 403 is none of ours."""
    if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
        complaints.append(message.text)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """A test fills a form in faster than any person; the site must not suspect it."""
    monkeypatch.setattr(abuse, "FASTEST", timedelta(0))


@pytest.fixture
def page(open_browser):
    return open_browser()
