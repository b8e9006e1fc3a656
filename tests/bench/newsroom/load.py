"""What the editor and the server do with much at once: keys in a long post, many reads."""

import http.client
import json
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import expect

from tests.bench.newsroom.teacher import Teacher
from tests.bench.table import Row

CHARACTERS = 20_000
SENTENCE = 'Студенты третьего курса вернулись с "дисскусии". '
PARAGRAPH = f"<p>{SENTENCE * 10}</p>"
LONG_TEXT = PARAGRAPH * (CHARACTERS // len(PARAGRAPH) + 1)
LONGEST = 50  # milliseconds
REST = 3  # seconds until the page has settled
READS, SECONDS = 100, 10
READER = {"User-Agent": "Mozilla/5.0 Firefox/140.0", "Sec-Fetch-Site": "same-origin"}
PASTE = """([area, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  area.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  }));
}"""


def type_in_long_post(context, site):
    """The longest task of the page while somebody types, by the processor time of its thread."""
    teacher = Teacher(context, site).log_in().open()
    page = teacher.page
    teacher.title.fill("Длинная")
    teacher.text.click()
    page.evaluate(PASTE, [teacher.text.element_handle(), LONG_TEXT])
    teacher.press("Сохранить и продолжить", "**/change/")
    rows = []
    for name in ("", ", the check open"):
        if name:
            page.get_by_role("button", name="Проверить текст", exact=True).click()
            expect(page.locator(".text-check__group").first).to_be_visible()
        expect(page.locator(".unknown-word")).not_to_have_count(0)
        teacher.text.press("Control+End")
        time.sleep(REST)
        with longest_task(page) as found:
            teacher.text.press_sequentially("Написано при сохранении. " * 6, delay=60)
            teacher.expect_saved()
        what = f"keys in {CHARACTERS} characters{name}"
        words = f"the longest task {found[0]:.0f} ms of processor"
        rows.append(Row(what, f"≤ {LONGEST} ms", words, found[0] <= LONGEST))
    return rows


@contextmanager
def longest_task(page):
    """A list that has, at the end, the longest task of the page's main thread in milliseconds.

    By processor time: on a busy machine a task also waits for its turn.
    """
    found, browser = [], page.context.browser
    browser.start_tracing(page=page, categories=["toplevel", "__metadata"])
    yield found
    events = json.loads(browser.stop_tracing())["traceEvents"]
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event for event in events if event["name"].endswith("RunTask")]
    times = [
        task["tdur"] for task in tasks if (task["pid"], task["tid"]) in threads and "tdur" in task
    ]
    found.append(max(times) / 1000)


def send_reads(site):
    """Reads of one post as browsers send them, evenly.

    The worker is not counted: it still makes renditions of earlier photographs.
    """
    host = site.address.removeprefix("http://")
    path = find_post(site.address)
    connection = http.client.HTTPConnection(host)
    spent, start, waits = site.spent_by_web(), time.monotonic(), []
    for number in range(READS * SECONDS):
        time.sleep(max(0, start + number / READS - time.monotonic()))
        sent = time.monotonic()
        connection.request("POST", f"{path}read/", headers=READER)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 204:
            raise RuntimeError(f"a read was answered {answer.status}, expected 204")
        waits.append((time.monotonic() - sent) * 1000)
    seconds = time.monotonic() - start
    share = 100 * (site.spent_by_web() - spent) / seconds
    found = (
        f"{len(waits) / seconds:.0f} a second took the web server {share:.0f} % of one processor; "
        f"half were answered within {median(waits):.0f} ms, all within {max(waits):.0f} ms"
    )
    return Row(f"{READS} reads a second", "", found, True)


def find_post(address):
    """The path of a published post."""
    with urllib.request.urlopen(f"{address}/feed/feed.json") as answer:
        url = json.load(answer)["items"][0]["url"]
    return urllib.parse.urlsplit(url).path
