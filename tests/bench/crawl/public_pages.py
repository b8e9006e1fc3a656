"""Visits public pages: all links, searches, errors, the accessible version, the login."""

import re

from django.db import OperationalError
from django.test import RequestFactory
from django.urls import get_resolver

from tests.bench.crawl.page_links import WORDS, forms, links
from tests.bench.crawl.stable_text import content_of

MOST_QUERIES_OF_A_PATH = 25  # every page links "?next=…", the search combines filters


def crawl(visits):
    """Follow all links from the home page, robots.txt and the sitemap; returns the HTML pages."""
    client = visits.client()
    queue = ["/", "/robots.txt", "/sitemap.xml", "/site.webmanifest", "/favicon.ico"]
    queue += ["/healthz", "/events.ics", "/card.png", "/feedback/status/qr.svg"]
    seen, queries, pages = set(queue), {}, []
    while queue:
        address = queue.pop(0)
        response = client.get(address)
        note = "" if address.startswith("/photos/") else visits.head(client, address, response)
        visits.save(f"GET {address}", response, note)
        kind = response.headers.get("Content-Type", "")
        text = f'href="{response.headers.get("Location", "")}"'
        if re.search("text|xml|json|javascript|calendar", kind):
            text += content_of(response).decode()
        if "html" in kind and response.status_code == 200:
            pages.append(address)
        for link in links(address, text):
            path, _, query = link.partition("?")
            queries_of_path = queries.setdefault(path, set())
            if link in seen or path.startswith("/admin/"):
                continue
            if query and len(queries_of_path) >= MOST_QUERIES_OF_A_PATH:
                continue
            queries_of_path.add(query)
            seen.add(link)
            queue.append(link)
    return pages


def conditional_requests(visits):
    """Compressed responses, and requests with If-None-Match."""
    client = visits.client()
    for encoding in ("gzip", "br"):
        headers = {"accept-encoding": encoding}
        visits.save(f"{encoding}: GET /", client.get("/", headers=headers))
    for address in ("/", "/news/", "/feedback/answers/", "/sitemap.xml", "/feed/atom.xml"):
        headers = {"if-none-match": client.get(address).headers.get("ETag", "")}
        visits.save(f"again: GET {address}", client.get(address, headers=headers))


def searches(visits):
    client = visits.client()
    for words in ("студенты", "студнты", "металлургия конкурс", "щщщ", "а", "«кружок»"):
        visits.get(client, f"/search/?q={words}", "search: ")
        visits.get(client, f"/feedback/answers/?q={words}", "search: ")
    for query in ("", "q=", "q=студенты&page=99", "q=студенты&kind=none", "page=x"):
        visits.get(client, f"/search/?{query}", "search: ")


def errors(visits):
    client = visits.client()
    for address in ("/no-such-page/", "/news/no-such-post/", "/news/?page=99", "/feed/x.xml"):
        visits.get(client, address, "error: ")
    for address in ("/feedback/mine/", "/feedback/mine/none/", "/feedback/receipt/"):
        visits.get(client, address, "error: ")
    for address in ("/", "/news/", "/feedback/mine/leave/", "/feedback/new/hints/"):
        visits.save(f"error: POST {address}", client.post(address))
        visits.save(f"error: PUT {address}", client.put(address))
    for address in ("/feedback/new/", "/feedback/status/", "/feedback/mine/reply/"):
        entries = {"text": WORDS, "number": "2026-1"}
        response = client.post(address, entries, headers={"sec-fetch-site": "same-origin"})
        visits.save(f"error: POST {address} without a token", response)
    for address in ("/feedback/mine/leave/", "/feedback/new/hints/"):
        visits.get(client, address, "error: ")
    for address in ("/accessibility/", "/feedback/answers/"):
        headers = {"sec-fetch-site": "cross-site"}
        visits.save(f"error: cross-site POST {address}", client.post(address, headers=headers))
    large = client.post("/feedback/status/", {"text": "x"}, CONTENT_LENGTH=str(2**21))
    visits.save("error: POST /feedback/status/ too large", large)
    visits.save("error: GET / of a wrong host", client.get("/", SERVER_NAME="other.example"))
    visits.save("error: 500", error_page(ValueError()))
    visits.save("error: 503", error_page(OperationalError()))


def error_page(error):
    """The error page for an exception of a view; an OperationalError gives 503."""
    try:
        raise error
    except Exception:
        return get_resolver().resolve_error_handler(500)(RequestFactory().get("/"))


def accessible_version(visits, pages):
    """The accessible version: each single option, and the last options together on all pages."""
    client = visits.client()
    panel = "/accessibility/?next=/news/"
    form = forms(client.get(panel))[0]
    visits.send(client, panel, dict.fromkeys(form.choices, "none"), "look none")
    for name, values in form.choices.items():
        for value in values:
            client = visits.client()
            visits.send(client, panel, form.entries(**{name: value}), f"look {value}")
            visits.get(client, "/", f"look {value}: ")
            visits.get(client, panel, f"look {value}: ")
    client = visits.client()
    last = {name: values[-1] for name, values in form.choices.items()}
    visits.send(client, panel, form.entries(**last), "look of last answers")
    for address in pages:
        if "?" not in address:
            visits.get(client, address, "look of last answers, again: ")
    visits.send(client, panel, {"ordinary": "on"}, "look ordinary")


def logins(visits):
    address, client = "/admin/login/", visits.client()
    visits.get(client, "/admin/", "login: ")
    form = forms(visits.get(client, address, "login: "))[0]
    for count in range(1, 7):
        entries = form.entries(username="teacher", password="wrong")
        visits.send(client, address, entries, f"login {count}")
    visits.save("login: POST without a token", visits.client().post(address, {"username": "x"}))
