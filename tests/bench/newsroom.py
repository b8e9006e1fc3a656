"""`python -m tests.bench.newsroom`: what it takes a teacher to publish a report.

A scratch site is served by `manage.py serve`, Chromium is driven as a teacher would. Printed are
clicks, dialogs, pages, seconds, the time for which the page was blocked and the peak memory of web
and worker. Measured in one run, on whatever machine this is; compare on one machine only.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "scratch-site-password"
PIXELS = (4000, 3000)  # of a telephone's photograph
BLOCKED = """() => {
  window.blocked = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.blocked += task.duration - 50;
  }).observe({type: "longtask", buffered: true});
}"""


def make_photograph(folder, number):
    """The path of a JPEG of 12 million pixels, unlike the others, about 3 MB."""
    noise = Image.effect_noise((PIXELS[0] // 4, PIXELS[1] // 4), 40 + number)
    image = noise.resize(PIXELS, Image.Resampling.BICUBIC).convert("RGB")
    path = Path(folder, f"IMG_{number}.jpg")
    image.save(path, "JPEG", quality=88)
    return path


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def serve(folder):
    """The address of a scratch site and the process that serves it."""
    port = free_port()
    environment = {**os.environ, "LOCAL_RUN": "True", "DATA_DIR": folder, "DATABASE_URL": ""}
    environment["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    manage = [sys.executable, "manage.py"]
    command = [*manage, "serve", f"--port={port}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as site:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            account = ["createsuperuser", "--noinput", "--username=teacher", "--email="]
            subprocess.run([*manage, *account], cwd=ROOT, env=environment, check=True)
            yield f"http://127.0.0.1:{port}", site.pid
        finally:
            site.terminate()


def wait_for(address, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"Found no answer at {address} after {seconds} s, expected the site.")


def list_processes(parent):
    """The process and all below it."""
    found, children = [parent], {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # has ended
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    for pid in found:
        found += children.get(pid, [])
    return found


def peak_memory(parent):
    """The sum of the peaks of resident memory of all processes of the site, in MB."""
    peaks = 0
    for pid in list_processes(parent):
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue
        peaks += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return round(peaks / 1024)


class Job:
    """Counts what the teacher does on a page."""

    def __init__(self, page):
        self.page, self.clicks, self.pages, self.dialogs = page, 0, 0, 0
        page.on("dialog", self.count_dialog)
        page.on("framenavigated", self.count_page)

    def count_dialog(self, dialog):
        self.dialogs += 1
        dialog.accept()

    def count_page(self, frame):
        self.pages += frame == self.page.main_frame

    def click(self, locator):
        self.clicks += 1
        locator.click()

    def choose(self, locator, files):
        self.clicks += 1
        locator.set_input_files(files)


def log_in(page, address):
    page.goto(f"{address}/admin/login/?next=/admin/news/post/")
    page.get_by_label("Имя пользователя").fill("teacher")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/admin/news/post/")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.newsroom", description=__doc__)
    parser.add_argument("--photos", type=int, default=40)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as pictures,
        serve(folder) as (address, pid),
        sync_playwright() as playwright,
    ):
        photographs = [make_photograph(pictures, number) for number in range(options.photos)]
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        report(browser, address, pid, photographs)
        browser.close()


def report(browser, address, pid, photographs):
    count = len(photographs)
    page = browser.new_page(locale="ru-RU")
    page.set_default_timeout(300_000)
    expect.set_options(timeout=300_000)
    log_in(page, address)
    page.add_init_script(f"({BLOCKED})()")
    job, start = Job(page), time.monotonic()

    job.click(page.get_by_role("link", name="Добавить").first)
    page.get_by_label("Заголовок:").fill("Круглый стол с работодателями")
    page.get_by_role("textbox", name="Текст", exact=True).press_sequentially("Начали в девять.")
    chosen = time.monotonic()
    job.choose(page.locator(".photos__input"), photographs)
    rows = page.locator(".photos .photo")
    expect(rows).not_to_have_count(0)
    first = time.monotonic() - chosen
    rows.first.get_by_label("Подпись").fill("Открытие")
    rows.first.get_by_label("Подпись").press("Tab")
    expect(rows).to_have_count(count)
    stored = time.monotonic() - chosen
    job.click(page.get_by_role("button", name="Вставить в текст все остальные"))
    job.click(rows.nth(count - 1).get_by_role("button", name="Сделать обложкой"))
    expect(rows.nth(count - 1).locator(".photo__cover")).to_be_visible()
    blocked = page.evaluate("window.blocked") / 1000
    pressed = time.monotonic()
    job.click(page.get_by_role("button", name="Опубликовать сейчас"))
    page.wait_for_url("**/admin/news/post/")
    published = time.monotonic() - pressed
    whole = time.monotonic() - start

    visitor, opened = browser.new_page(), time.monotonic()
    visitor.goto(f"{address}/")
    visitor.get_by_role("link", name="Круглый стол с работодателями").first.click()
    visitor.wait_for_load_state("load")
    seen = time.monotonic() - opened
    placed = visitor.locator(".placed-photo").count()
    for name, value in {
        "clicks and drags": job.clicks,
        "dialogs": job.dialogs,
        "pages": job.pages,
        "the whole job, s": round(whole, 1),
        "blocked, s": round(blocked, 2),
        "first photograph stored, s": round(first, 1),
        f"all {count} photographs stored, s": round(stored, 1),
        "publishing, s": round(published, 2),
        "first view by a visitor, s": round(seen, 2),
        "photographs in the text": f"{placed} of {count}",
        "peak memory of web and worker, MB": peak_memory(pid),
    }.items():
        print(f"{name:40} {value}")


if __name__ == "__main__":
    main()
