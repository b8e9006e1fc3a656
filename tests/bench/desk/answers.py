"""What becomes of a suggestion: a prepared answer, a merging, a public answer, a promise."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.bench.desk.clerk import Clerk
from tests.bench.desk.day import expect_next, limit
from tests.bench.desk.ten import PREPARED
from tests.bench.table import Row

BLACKED = "[имя]"
PROMISE = "Поставим вторую кофемашину."


def answer(context, site, album):
    """An answer from a prepared text, then one with a promise."""
    clerk = Clerk(context, site).log_in().open("answer")
    insert_prepared(clerk)
    album.shoot(clerk.page, "answer")
    clerk.press("Отправить ответ")
    rows = [expect_next(clerk, "answer", "answer from a prepared text")]
    clerk.open("public")
    insert_prepared(clerk)
    due_on = timezone.localdate() + timedelta(days=30)
    clerk.write("Что обещаем сделать:", PROMISE)
    clerk.write("К какому дню:", due_on.isoformat())
    clerk.press("Отправить ответ")
    return [*rows, expect_next(clerk, "public", "answer with a promise")]


def insert_prepared(clerk):
    clerk.open_act("Ответить")
    clerk.choose("Заготовка:", PREPARED["title"])
    clerk.press("Вставить")
    expect(clerk.page.get_by_label("Ответ автору:", exact=True)).not_to_be_empty()


def merge(context, site, album):
    """From the page of the duplicate, on which the original is offered."""
    clerk = Clerk(context, site).log_in().open("duplicate")
    album.shoot(clerk.page, "duplicate")
    clerk.press(f"Объединить с № {site.number('original')}")
    clerk.expect_done()
    return [limit("merge a duplicate", 3, clerk.clicks)]


def publish(context, site, album):
    """The public answer, with the three names and the address blacked out."""
    clerk = Clerk(context, site).log_in().open("public")
    clerk.click(clerk.page.get_by_role("link", name="Подготовить публичный ответ", exact=True))
    clerk.write("Заголовок:", "Вторая кофемашина")
    album.shoot(clerk.page, "publication")
    clerk.press("Закрасить всё найденное")
    text = clerk.page.locator("textarea[name=text]")
    expect(text).to_have_value(re.compile(re.escape(BLACKED)))
    blackened = text.input_value().count(BLACKED)
    album.shoot(clerk.page, "redacted")
    clerk.press("Опубликовать сейчас")
    clerk.expect_done()
    return [
        limit(
            "publish with three names blacked out",
            5,
            clerk.clicks,
            f", {blackened} names",
            holds=blackened >= 3,
        )
    ]


def fulfil(context, site, album):
    """The promise is fulfilled, with the address of the news."""
    clerk = Clerk(context, site).log_in().open("public")
    visitor = context.new_page()
    visitor.goto(f"{site.address}/news/")
    news = visitor.locator("main h3 a").first
    address = news.get_attribute("href")
    clicks = clerk.perform(
        "Обещание выполнено",
        "Сообщить, что сделано",
        [("Что сделано:", "Кофемашина стоит в холле."), ("Новость об этом:", address)],
    )
    visitor.goto(f"{site.address}/feedback/answers/{site.number('public')}/")
    shown = visitor.get_by_role("main").inner_text()
    album.shoot(visitor, "public")
    is_told = PROMISE.rstrip(".") in shown or "Кофемашина стоит" in shown
    return [
        limit("fulfil a promise with its news", 2, clicks, " and the words"),
        Row(
            "public page",
            "shows the promise and what came of it",
            "yes" if is_told else "no",
            is_told,
        ),
    ]
