"""Keeps the finished responses of public pages in the process, in front of Django.

A stored page is served while the token in ContentVersion is the one that was read before the page
was rendered, and until the next moment at which time alone changes a page. The token is read on
every request, so a page that was withdrawn is not served after the request that withdrew it was
answered, whichever process or machine answered it.

Stored are only responses of `conditional_page`, without cookies and without a nonce.
"""

import datetime
import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import parse_cookie
from django.utils import timezone
from django.utils.http import parse_etags

from college_site.http.compression import choose_encoding
from college_site.http.request_counts import STORED
from college_site.models import ContentVersion
from college_site.pages.accessible_version import COOKIE, AccessibleVersion
from college_site.registry import registry
from college_site.russian.academic_year import midnight

logger = logging.getLogger(__name__)

MOST_BYTES = 12 * 2**20  # of pages at addresses without a query, in the ordinary version
MOST_OTHER_BYTES = 4 * 2**20  # of searches, later pages, accessible versions: countless ones
LARGEST_PAGE = 2**20
OVERHEAD = 2000  # bytes of a page's key, headers and objects, about
# The headers of Django's answer 304 that the middleware does not add anyway.
BODY_HEADERS = ("content-type", "content-length", "content-encoding", "content-security-policy")


@dataclass(frozen=True)
class StoredPage:
    """A response 200; requests with one of the `personal_cookies` are answered by Django."""

    headers: list[tuple[str, str]]
    headers_of_304: list[tuple[str, str]]
    body: bytes
    etag: str
    last_modified: str
    personal_cookies: frozenset[str]

    @property
    def size(self):
        return len(self.body) + OVERHEAD

    def is_known_to(self, environ):
        """Whether the browser has this page already (RFC 9110, 13.1)."""
        if "HTTP_IF_NONE_MATCH" in environ:
            header = environ["HTTP_IF_NONE_MATCH"]
            return header == self.etag or matches(header, self.etag)
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return bool(since) and since == self.last_modified

    def answer(self, environ, start_response):
        if self.is_known_to(environ):
            start_response("304 Not Modified", list(self.headers_of_304))
            return []
        start_response("200 OK", list(self.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


def matches(header, etag):
    """Whether an If-None-Match names the ETag, by weak comparison."""
    known = parse_etags(header)
    return known == ["*"] or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in known}


class LeastRecentlyUsed:
    """Pages by key, of at most `most_bytes` together: the one that was not read longest goes."""

    def __init__(self, most_bytes):
        self.most_bytes = most_bytes
        self.clear()

    def clear(self):
        self.pages = OrderedDict()
        self.size = 0

    def find(self, key):
        if key in self.pages:
            self.pages.move_to_end(key)
        return self.pages.get(key)

    def add(self, key, page):
        replaced = self.pages.pop(key, None)
        self.size += page.size - (replaced.size if replaced else 0)
        self.pages[key] = page
        while self.size > self.most_bytes:
            _, oldest = self.pages.popitem(last=False)
            self.size -= oldest.size


class PageStore:
    """The pages under one token, until one moment; a flood of searches sweeps no plain page."""

    def __init__(self):
        self.lock = threading.Lock()
        self.plain = LeastRecentlyUsed(MOST_BYTES)
        self.other = LeastRecentlyUsed(MOST_OTHER_BYTES)
        self.token, self.end = None, None

    def find(self, key, token):
        with self.lock:
            if token is None or token != self.token or time.time() >= self.end:
                return None
            return self.choose(key).find(key)

    def find_end(self, token):
        """When the pages under the token end, if that is known and ahead."""
        with self.lock:
            is_known = token == self.token and time.time() < self.end
            return self.end if is_known else None

    def add(self, key, page, token, end):
        with self.lock:
            if (token, end) != (self.token, self.end):
                self.plain.clear()
                self.other.clear()
                self.token, self.end = token, end
            self.choose(key).add(key, page)

    def choose(self, key):
        return self.plain if key.is_plain else self.other


class PageKey(NamedTuple):
    """What a stored page depends on besides the token."""

    scheme: str
    host: str
    path: str
    query: str
    encoding: str
    looks: str

    @property
    def is_plain(self):
        return not (self.query or self.looks)


def store_pages(application, store):
    """WSGI middleware: answer with stored pages, store those that may be."""

    def answer(environ, start_response):
        if not may_be_stored(environ):
            return application(environ, start_response)
        cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
        key = make_key(environ, cookies)
        token = ask_database(read_token)
        page = store.find(key, token)
        if page and page.personal_cookies.isdisjoint(cookies):
            environ[STORED] = True
            return page.answer(environ, start_response)
        end = token and (store.find_end(token) or ask_database(find_next_change))
        response = application(environ, start_response)
        if end and environ["REQUEST_METHOD"] == "GET" and is_for_everybody(response, cookies):
            page = make_page(response)
            if page.size <= LARGEST_PAGE:
                store.add(key, page, token, end)
        return response

    return answer


def may_be_stored(environ):
    """Whether the request may be for a page of the store: without a body or rare conditions."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and environ.get("CONTENT_LENGTH") in (None, "", "0")
        and "HTTP_TRANSFER_ENCODING" not in environ
        and "HTTP_IF_MATCH" not in environ
        and "HTTP_IF_UNMODIFIED_SINCE" not in environ
    )


def make_key(environ, cookies):
    looks = cookies.get(COOKIE, "")
    return PageKey(
        scheme=read_scheme(environ),
        host=environ.get("HTTP_HOST", ""),
        path=environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
        query=environ.get("QUERY_STRING", ""),
        encoding=choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
        looks=".".join(AccessibleVersion.from_cookie(looks).words) if looks else "",
    )


def read_scheme(environ):
    """As Django decides it: by the header of the trusted proxy, where one is trusted."""
    header, secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    if header in environ:
        first = environ[header].split(",")[0].strip()
        return "https" if first == secure else "http"
    return environ["wsgi.url_scheme"]


def ask_database(question):
    """What the function returns, or None if the database fails: Django then answers alone."""
    try:
        return question()
    except DatabaseError:
        logger.warning("Stored pages are not used: the database does not answer")
        connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
        return None


def read_token():
    """The token of the public pages, or None without one.

    Every hit asks this, therefore by the driver's connection: Django's cursor takes thrice as long.
    """
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    with database.wrap_database_errors:
        row = database.connection.execute(QUERY).fetchone()
    return row and row[0]


QUERY = f"SELECT token FROM {ContentVersion._meta.db_table} WHERE id = {ContentVersion.ONLY}"


def find_next_change():
    """The next moment at which a public page changes although no row is saved, in Unix time."""
    tomorrow = midnight(timezone.localdate() + datetime.timedelta(days=1))
    moments = [find_moment() for find_moment in registry.next_moments]
    return min([tomorrow, *filter(None, moments)]).timestamp()


def is_for_everybody(response, cookies):
    """Whether everybody gets this page of conditional_page() who sends the same key."""
    return (
        hasattr(response, "personal_cookies")
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.has_header("ETag")
        and "'nonce-" not in response.headers.get("Content-Security-Policy", "")
        and response.personal_cookies.isdisjoint(cookies)
    )


def make_page(response):
    headers = list(response.items())
    return StoredPage(
        headers=headers,
        headers_of_304=[pair for pair in headers if pair[0].lower() not in BODY_HEADERS],
        body=response.content,
        etag=response.headers["ETag"],
        last_modified=response.headers.get("Last-Modified", ""),
        personal_cookies=response.personal_cookies,
    )
