"""A day at the desk: ten new suggestions, and how many clicks each act takes."""

import statistics
import time

from playwright.sync_api import expect

from tests.bench.desk.clerk import Clerk
from tests.bench.desk.ten import EVENTS, FILES
from tests.bench.table import Row

VIEWS = 9
MOST_SECONDS = 0.3
TWO_CLICKS = {  # {suggestion: (label of the act, button that sends it, (field, words) pairs)}
    "forward": (
        "Передать",
        "Передать и сообщить автору",
        [("Кому и почему:", "Заведующему столовой: скидки решает он.")],
    ),
    "ask": (
        "Спросить автора",
        "Отправить вопрос",
        [("Вопрос автору:", "Какая это аудитория?")],
    ),
    "extend": (
        "Продлить срок",
        "Продлить и сообщить автору",
        [("Причина:", "Ждём смету от подрядчика.")],
    ),
    "restricted": ("Вернуть в общую очередь", "Вернуть", []),
    "original": (
        "Написать заметку",
        "Сохранить заметку",
        [("Заметка:", "Спросить завхоза о месте у входа.")],
    ),
}


def open_desk(context, site, album):
    """From the admin's start page to the first text."""
    clerk = Clerk(context, site).log_in()
    album.shoot(clerk.page, "start")
    panel = clerk.page.get_by_role("region", name="Ответить первыми", exact=True)
    clerk.click(panel.get_by_role("listitem").get_by_role("link").first)
    clerk.expect_ready()
    expect(clerk.page.get_by_role("heading", name="Текст", exact=True)).to_be_visible()
    album.shoot(clerk.page, "suggestion")
    return [limit("from the start page to the first text", 1, clerk.clicks)]


def work(context, site, album):
    """The acts that a suggestion needs before its answer."""
    clerk = Clerk(context, site).log_in()
    rows = [press(clerk, "take", "answer", "Взять в работу")]
    rows += [perform(clerk, name, *act) for name, act in TWO_CLICKS.items()]
    rows.append(press(clerk, "release from quarantine", "spam", "Выпустить из карантина"))
    rows += [decline(clerk, album), view_long(clerk, album)]
    complaints = f"{len(clerk.complaints)}: {clerk.complaints[:2]}"
    return [*rows, Row("reports of CSP, errors of scripts", "0", complaints, not clerk.complaints)]


def limit(what, most, clicks, more="", *, holds=True):
    return Row(what, f"≤ {most} clicks", f"{clicks} clicks{more}", clicks <= most and holds)


def press(clerk, what, name, button):
    clerk.open(name)
    clerk.press(button)
    clerk.expect_done()
    return limit(what, 2, clerk.clicks)


def perform(clerk, name, label, send, words):
    clerk.open(name)
    clicks = clerk.perform(label, send, words)
    return limit(label.lower(), 2, clicks, " and the words")


def decline(clerk, album):
    clerk.open("decline")
    clerk.open_act("Отклонить")
    clerk.write("Объяснение автору:", "Расписание общее для трёх корпусов, первую пару не убрать.")
    album.shoot(clerk.page, "refusal")
    clerk.press("Отправить отказ")
    return expect_next(clerk, "decline", "refuse with a reason")


def expect_next(clerk, name, what):
    """After a closing act the next suggestion opens by itself, and a message names the last."""
    clerk.expect_done()
    number = clerk.site.number(name)
    message = clerk.page.locator(".messagelist .success").first
    expect(message).to_contain_text(f"№ {number}")
    heading = clerk.page.get_by_role("heading", level=1).inner_text()
    is_next = heading.startswith("Предложение № ") and number not in heading.split()
    return limit(what, 4, clerk.clicks, f", then «{heading}» opens", holds=is_next)


def view_long(clerk, album):
    """The seconds until the first byte of the page of a suggestion with a long history."""
    clerk.open("long")
    album.shoot(clerk.page, "long")
    seconds = [time_of(clerk) for _ in range(VIEWS)]
    median = statistics.median(seconds)
    turns = clerk.page.get_by_role("listitem").filter(has=clerk.page.locator("time")).count()
    return Row(
        f"page with {EVENTS} events and {FILES} files",
        f"≤ {MOST_SECONDS * 1000:.0f} ms on the server",
        f"{median * 1000:.0f} ms (fastest {min(seconds) * 1000:.0f}), {turns} turns",
        median <= MOST_SECONDS,
    )


def time_of(clerk):
    start = time.perf_counter()
    response = clerk.page.request.get(clerk.site.page("long"))
    assert response.ok, response.status
    return time.perf_counter() - start
