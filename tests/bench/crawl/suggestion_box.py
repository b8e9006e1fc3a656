"""Submits forms of the suggestion box: suggestions, receipts, author actions, votes."""

import io
import re
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import RequestFactory

from tests.bench.crawl.demo_site import picture
from tests.bench.crawl.page_links import WORDS, action_forms, forms, links
from tests.bench.crawl.stable_text import CODE

AUTHOR = re.compile(r"((?:[a-z0-9]{32}\.)?)([0-9]+)")  # a session's key, a row


def suggestion(visits):
    """Submit a suggestion and open its receipt; returns (number, code)."""
    address, client = "/feedback/new/", visits.client()
    form = forms(visits.get(client, address, "form: "))[0]
    visits.send(client, address, form.hidden, "form empty")
    wrong = {"email": "wrong", "reply_by": "email"}
    visits.send(client, address, form.entries("x", **wrong), "form with mistakes")
    hurt = "Меня травят и бьют, хочу умереть. Спросите Анну Петровну, 8 927 123-45-67."
    for text in (hurt, WORDS, "Нужны новые станки в мастерской", ""):
        hints = f"{address}hints/"
        visits.send(client, hints, form.entries(text), f"hints for «{text[:20]}»")
    visits.send(client, address, form.entries(hurt), "form with hints")
    if form.files:
        entries = form.entries(**{form.files[0]: upload("empty.jpg", b"")})
        visits.send(client, address, entries, "form with an empty file")
        entries = form.entries(**{form.files[0]: upload("Двор.jpg", picture())})
        visits.send(client, address, entries, "form with a file and its check")
    form = forms(client.get(address))[0]
    check = visits.send(client, address, form.entries(email="a@example.ru"), "form check")
    form = forms(check)[0]
    visits.send(client, address, form.entries(step="edit"), "form edit")
    receipt = visits.send(client, address, form.entries(step="send"), "form send")
    visits.send(client, address, form.entries(step="send"), "form send twice")
    text = receipt.content.decode()
    code = CODE.search(text)[0]
    number = re.search(r"/feedback/receipt/(20\d\d-\d+)\.txt", text)[1]
    visits.get(client, "/feedback/receipt/code.txt", "receipt: ")
    signed = visits.get(client, f"/feedback/receipt/{number}.txt", "receipt: ")
    verification(visits, signed.content.decode())
    return number, code


def verification(visits, receipt):
    address, client = "/feedback/receipt/verify/", visits.client()
    form = forms(visits.get(client, address, "verification: "))[0]
    for text, scene in (
        (receipt, "genuine"),
        (receipt.replace("received: 20", "received: 19"), "changed"),
        ("x", "rubbish"),
        ("", "empty"),
    ):
        entries = form.entries("", **{form.texts[0]: text})
        visits.send(client, address, entries, f"verification {scene}")
    for text, scene in ((WORDS, "its text"), ("Другой текст.", "another text")):
        entries = form.entries(text, **{form.texts[0]: receipt})
        visits.send(client, address, entries, f"verification with {scene}")


def status(visits, number, code):
    """Open the status page with number and code; returns the client with the author's cookie."""
    address, client = "/feedback/status/", visits.client()
    form = forms(visits.get(client, address, "status: "))[0]
    visits.send(client, address, form.entries(number="", code=""), "status empty")
    visits.send(client, address, form.entries(number=number, code="x" * 28), "status wrong")
    visits.send(client, address, form.entries(number=number, code=code), "status right")
    stranger, scene = visits.client(), 0
    form = forms(stranger.get(address))[0]
    response = None
    while scene < 20 and (response is None or response.status_code == 200):
        scene += 1
        response = stranger.post(address, form.entries(number="2026-1", code="y" * 28))
    visits.save(f"status: POST {address} for the {scene}th time", response)
    return client


def authors(visits, client):
    """The pages and actions of all suggestions; the cookie ends with the primary key."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    values = {name: request.get_signed_cookie(name, "") for name in request.COOKIES}
    [(name, session, own)] = [
        (name, *found.groups())
        for name, value in values.items()
        if (found := AUTHOR.fullmatch(value))
    ]
    for row in range(1, int(own) + 1):
        response = HttpResponse()
        response.set_signed_cookie(name, f"{session}{row}")
        browser = visits.client()
        browser.cookies.update(response.cookies)
        author(visits, browser, f"author {row}")
    for form in forms(client.get("/feedback/mine/"), "leave/"):  # it ends the session of all
        visits.send(client, "/feedback/mine/leave/", form.entries(), "author leaves")


def author(visits, client, scene):
    address = "/feedback/mine/"
    page = visits.get(client, address, f"{scene}: ")
    steps = action_forms(address, page)
    for link in sorted(set(links(address, page.content.decode()))):
        if link.startswith(("/feedback/files/", "/feedback/receipt/2")):
            visits.get(client, link, f"{scene}: ")
        elif link.startswith(address) and link.endswith("/") and link != address:
            steps += action_forms(link, visits.get(client, link, f"{scene}: "))
    for count, (target, form) in enumerate(steps):
        empty = dict.fromkeys(form.texts, "")
        if empty:
            visits.send(client, target, form.entries(**empty), f"{scene} mistake {count}")
        visits.send(client, target, form.entries(), f"{scene} step {count}")


def votes(visits, pages):
    """The votes («поддерживаю») for public answers."""
    client = visits.client()
    for address in pages:
        if re.fullmatch(r"/feedback/answers/20\d\d-\d+/", address):
            for form in forms(client.get(address)):
                target = urljoin(address, form.action)
                for times in ("once", "twice"):
                    visits.send(client, target, form.entries(), f"support {address} {times}")


def upload(name, content):
    file = io.BytesIO(content)
    file.name = name
    return file
