"""Who sits at the desk: a tab of the browser in which clicks and pages are counted."""

from playwright.sync_api import expect

from tests.bench.table import take_screenshot
from tests.scratch_site import PASSWORD


class Album:
    """Takes pictures of pages into a folder, or nothing without one."""

    def __init__(self, folder, width):
        self.folder, self.width = folder, width

    def shoot(self, page, name):
        take_screenshot(page, self.folder, name, self.width)


class Clerk:
    """`complaints` are reports of the content security policy and errors of scripts."""

    def __init__(self, context, site, name="deputy"):
        self.site, self.name, self.page = site, name, context.new_page()
        self.clicks, self.pages, self.complaints = 0, 0, []
        self.page.on("framenavigated", self.count_page)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.note_complaint)

    def count_page(self, frame):
        self.pages += frame == self.page.main_frame

    def note_complaint(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def log_in(self):
        self.page.goto(f"{self.site.address}/admin/login/?next=/admin/")
        self.enter_password()
        expect(self.page.locator("#user-tools")).to_be_visible()
        return self

    def enter_password(self, button="Войти"):
        self.page.get_by_label("Имя пользователя").fill(self.name)
        self.page.get_by_label("Пароль").fill(PASSWORD)
        self.page.get_by_role("button", name=button).click()

    def open(self, name):
        """The page of a suggestion, with its scripts at work."""
        self.page.goto(self.site.page(name))
        self.expect_ready()
        self.clicks = 0
        return self

    def expect_ready(self):
        """Wait for the script of the keys, which runs after that of the drafts."""
        expect(self.page.locator("[data-keys][data-is-ready]")).to_be_attached()

    def click(self, locator):
        self.clicks += 1
        locator.click()

    def open_act(self, label):
        """Its button opens it in place, or on a page of its own if it needs more room."""
        acts = self.page.locator("details.act > summary, section.acts > a")
        self.click(acts.get_by_text(label, exact=True))

    def press(self, name):
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def write(self, label, words):
        self.page.get_by_label(label, exact=True).fill(words)

    def choose(self, label, option):
        self.clicks += 1
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def expect_done(self):
        expect(self.page.locator(".messagelist .success").first).to_be_visible()

    def expect_heading(self, name):
        heading = f"Предложение № {self.site.number(name)}"
        expect(self.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()

    def perform(self, label, send, words=None):
        """Open an act, write its words ((label, text) pairs) and send it; returns the clicks."""
        self.clicks = 0
        self.open_act(label)
        for field, text in words or ():
            self.write(field, text)
        self.press(send)
        self.expect_done()
        return self.clicks
