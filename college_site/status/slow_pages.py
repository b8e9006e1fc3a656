"""Which pages were slow: one line for each in a file of its hour, which all web processes share.

Only the pattern of the address is written: neither who asked nor what its variable parts were.
"""

import re
import time
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format

from college_site.status.facts import Fact
from college_site.templatetags.typography import NBSP, plural

NAME = "Медленные страницы"
AN_HOUR = timedelta(hours=1)
LOOK_BACK = timedelta(days=1)
LARGEST_FILE = 2**15  # bytes: some 700 pages an hour, a megabyte in all
SHOWN = 3
TOO_MANY = 100  # a day
LINE = re.compile(r"^(\d+\.\d\d) (.*)\n", re.MULTILINE)
VARIABLE = re.compile(r"\(\?P<.*$|<[^>]*>")


def note_slow_pages(get_response):
    """Middleware: write down each page that took longer than SLOW_PAGE_SECONDS."""

    def answer(request):
        begin = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - begin
        is_page = request.method in ("GET", "HEAD") and request.resolver_match
        if is_page and seconds >= settings.SLOW_PAGE_SECONDS:
            with suppress(OSError):  # the disk may be full
                note(request.resolver_match.route, seconds)
        return response

    return answer


def note(route, seconds):
    path = choose_folder() / name_hour(timezone.now())
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        delete_old_files()
    with path.open("a", encoding="utf-8") as file:
        if file.tell() < LARGEST_FILE:
            file.write(f"{seconds:.2f} {route}\n")


def choose_folder():
    return settings.DATA_DIR / "slow_pages"


def name_hour(moment):
    """The name of the file of this hour; a later one sorts behind it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H")


def delete_old_files():
    for path in choose_folder().iterdir():
        if is_over(path, since=LOOK_BACK + AN_HOUR):  # somebody may read the last one still
            path.unlink(missing_ok=True)


def is_over(path, since=LOOK_BACK):
    return path.name <= name_hour(timezone.now() - since)


def read_slow_pages():
    """{pattern of the address: seconds of each answer} of the last day."""
    pages = defaultdict(list)
    for path in choose_folder().glob("*"):
        if not is_over(path):
            text = path.read_text(encoding="utf-8", errors="replace")
            for seconds, route in LINE.findall(text):
                pages[f"/{VARIABLE.sub('…', route)}"].append(float(seconds))
    return pages


def list_slow_page_facts():
    """One Fact, without asking the database."""
    pages = read_slow_pages()
    count = sum(map(len, pages.values()))
    if not count:
        return [Fact(NAME, "за сутки ни одной")]
    often = sorted(pages, key=lambda page: (-len(pages[page]), -max(pages[page])))[:SHOWN]
    found = (
        f"за сутки {plural(count, 'ответ,ответа,ответов')} дольше секунды; чаще всего: "
        f"{'; '.join(describe_page(page, pages[page]) for page in often)}"
    )
    problem = ""
    if count >= TOO_MANY:
        problem = (
            "Сервер не успевает отвечать. Посмотрите командой top, что его занимает. Если это сам "
            "сайт и так каждый день, нужен сервер мощнее."
        )
    return [Fact(NAME, found, problem)]


def describe_page(page, seconds):
    longest = number_format(max(seconds), decimal_pos=1)
    return f"{page} — {plural(len(seconds), 'раз,раза,раз')}, до {longest}{NBSP}с"
