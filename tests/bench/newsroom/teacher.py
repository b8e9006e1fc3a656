"""What a teacher brings and does: files, pages of the admin, counted clicks."""

import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.scratch_site import PASSWORD
from tests.word_files import item, paragraph, photo_bytes, picture, run, table, word_bytes

PIXELS = (4000, 3000)  # of a telephone's photograph
TITLE = "Круглый стол с работодателями"
# Long tasks of all pages of a tab: what they take beyond 50 ms, the page does not react.
NOTE_BLOCKED = """
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) {
    const before = Number(sessionStorage.getItem("blocked"));
    sessionStorage.setItem("blocked", before + task.duration - 50);
  }
}).observe({type: "longtask", buffered: true});
"""


def make_photograph(folder, number):
    """The path of a JPEG of 12 million pixels, unlike the others, about 3 MB."""
    noise = Image.effect_noise((PIXELS[0] // 4, PIXELS[1] // 4), 40 + number)
    image = noise.resize(PIXELS, Image.Resampling.BICUBIC).convert("RGB")
    path = Path(folder, f"IMG_{number}.jpg")
    image.save(path, "JPEG", quality=88)
    return path


def make_word_file(folder, photos=None):
    """The path of a report with a list, a table, bold words and two pictures, or with `photos`."""
    pictures = {"a": photo_bytes((1600, 1200)), "b": photo_bytes((1200, 1600))}
    if photos:
        pictures = {f"p{number}": path.read_bytes() for number, path in enumerate(photos)}
    body = [
        paragraph(TITLE, "a3"),
        paragraph("Завод и техникум договорились о практике."),
        paragraph(content=run("Решили ") + run("главное", "<w:b/>") + run(" за час:")),
        item("наставники"),
        item("стипендии"),
        table(["Группа", "Мест"], ["ТМ-21", "25"], header=True),
        *(paragraph(content=picture(name)) for name in pictures),
        paragraph("Следующая встреча в мае."),
    ]
    path = Path(folder, "Отчёт.docx" if photos is None else "Альбом.docx")
    path.write_bytes(word_bytes(*body, photos=pictures))
    return path


class Teacher:
    """A tab of the browser in which somebody is logged in; counts what is done there."""

    def __init__(self, context, site):
        self.site, self.page = site, context.new_page()
        self.page.add_init_script(NOTE_BLOCKED)
        self.clicks = self.pages = self.dialogs = 0
        self.waited = 0  # seconds for pages
        self.page.on("dialog", self.count_dialog)
        self.page.on("framenavigated", self.count_page)

    def count_dialog(self, dialog):
        self.dialogs += 1
        dialog.accept()

    def count_page(self, frame):
        self.pages += frame == self.page.main_frame

    def log_in(self):
        self.page.goto(f"{self.site.address}/admin/login/?next=/admin/news/post/")
        self.enter_password()
        self.page.wait_for_url("**/admin/news/post/")
        self.clicks = self.pages = self.dialogs = 0
        return self

    def enter_password(self, button="Войти"):
        self.page.get_by_label("Имя пользователя").fill("teacher")
        self.page.get_by_label("Пароль").fill(PASSWORD)
        self.page.get_by_role("button", name=button).click()

    def open(self, path="post/add/"):
        self.page.goto(f"{self.site.address}/admin/news/{path}")
        return self

    def click(self, locator):
        self.clicks += 1
        locator.click()

    def choose(self, files):
        self.clicks += 1
        self.page.locator(".photos__input").set_input_files(files)

    def drop_word_file(self, path):
        """Drop the file on the list and wait for the draft."""
        self.clicks += 1
        start = time.monotonic()
        drop(self.page, path)
        self.page.wait_for_url("**/change/")
        self.waited += time.monotonic() - start

    def press(self, name, address="**/admin/news/post/"):
        """Press a button that leads to another page; returns the seconds until it is there."""
        start = time.monotonic()
        self.press_in_panel(name)
        self.page.wait_for_url(address)
        self.waited += time.monotonic() - start
        return time.monotonic() - start

    def press_in_panel(self, name):
        """On a telephone some buttons of the publish panel are behind «Ещё»."""
        button = self.page.get_by_role("button", name=name, exact=True)
        more = self.page.get_by_role("button", name="Ещё", exact=True)
        expect(button.or_(more).first).to_be_visible()
        if not button.is_visible():
            self.click(more)
        self.click(button)

    def blocked(self):
        """The seconds in which the tab did not react."""
        return float(self.page.evaluate("sessionStorage.getItem('blocked')") or 0) / 1000

    @property
    def title(self):
        return self.page.get_by_label("Заголовок:")

    @property
    def text(self):
        return self.page.get_by_role("textbox", name="Текст", exact=True)

    @property
    def rows(self):
        return self.page.locator(".photos .photo")

    def find_row(self, place):
        """The row that is at this place now; it moves when photographs before it arrive."""
        number = self.rows.nth(place).get_attribute("data-photo")
        return self.page.locator(f".photos .photo[data-photo='{number}']")

    def count_placed(self):
        return self.text.locator("figure[data-number], .placed-photo").count()

    def expect_saved(self):
        expect(self.page.locator("[data-autosave-state]")).to_contain_text("Сохранено")


def drop(page, path):
    """Drop a file on the page, as it comes from the desktop."""
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<input id=dropped type=file>')")
    page.locator("#dropped").set_input_files(path)
    page.evaluate(
        """() => {
          const transfer = new DataTransfer();
          transfer.items.add(document.getElementById("dropped").files[0]);
          document.getElementById("dropped").remove();
          for (const name of ["dragover", "drop"]) {
            document.body.dispatchEvent(
              new DragEvent(name, {dataTransfer: transfer, bubbles: true, cancelable: true}));
          }
        }"""
    )
