"""Thousands of hostile requests to every public route: no 5xx, bounded memory, the same site."""

import itertools
import random
import re
import socket
import threading
import time
from collections import Counter
from statistics import median
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.urls import URLPattern, get_resolver

SEED = 2026
CALLERS = 8
PATIENCE = 40  # seconds for an answer
HEAD = 200  # bytes of an answer that hold its status
CONTINUE = b"HTTP/1.1 100 "  # not an answer yet
GROWTH = 1.5  # how much larger all processes together may become, after a warm-up
SLOWER = 2.0  # how much longer the home page may take afterwards
WARM_UP = 200
GROUP = re.compile(r"<[^>]+>")
VALUES = ("1", "0", "-1", "02", "x", "a" * 300, "9" * 40, "%00", "%FF", "٣", "..", "%2e%2e%2f")
VALUES += ("2026-1", "2025-2026", "post-1", "t1", "p1", "atom.xml", "reply", str(UUID(int=0)))
QUERIES = ("", "page=2", "page=-1", "page=9999999999", "q=" + "%D1%82" * 900, "q=%00", "q[]=1")
QUERIES += (
    "year=%27%20OR%201=1--",
    "topic=../../etc/passwd",
    "q=" + quote("(" * 500),
    "=&=&=",
    "%",
)
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "X")
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/json; charset=nonsense",
    "text/xml",
    "\xff",
)
BODIES = (
    b"",
    b"text=" + b"%00" * 500,
    b"\xff\xfe\x00" * 300,
    b"&".join(b"field%d=x" % number for number in range(3000)),
    b"--b\r\nContent-Disposition: form-data; name=files; filename=a.pdf\r\n\r\n%PDF-\r\n--b--\r\n",
    b"--b\r\nContent-Disposition: form-data; name=text\r\n\r\n" + b"a" * 9000,
    b"--b\r\n" * 2000,
    b"submission_key=x&topic=999&role=nobody&text=%D0%9F&step=send&remove=x&opened=x",
    b"number=2026-1&code=" + b"A" * 5000,
)
TOKEN = "a" * 32  # in cookie and header it opens every form
HEADERS = (
    "Cookie: csrftoken=x; sessionid=%00; receipt=a:b:c; author=;;",
    "Accept-Encoding: br;q=nan, gzip;q=-1",
    "If-None-Match: " + '"' * 200,
    "If-Modified-Since: Thu, 99 Foo 9999 99:99:99 GMT",
    "Range: bytes=0-0,-1,99999999999-",
    "X-Forwarded-For: " + "1.2.3.4, " * 200,
    "Sec-Fetch-Site: cross-site",
    "Accept-Language: " + "x" * 4000,
    "Expect: 100-continue",
    "Origin: null",
)


def hostile_requests(site, count):
    """(figure, faults) after so many requests, the same ones every time."""
    chance = random.Random(SEED)
    requests = [request(route, chance) for route in itertools.islice(endless(routes()), count)]
    attack(site, requests[:WARM_UP])
    before, quick = site.memory(), home_time(site)
    statuses = attack(site, requests)
    after, slow = site.memory(), home_time(site)
    figure = (
        f"{count} requests (seed {SEED}) to {len(routes())} routes: "
        f"{', '.join(f'{status}: {times}' for status, times in sorted(statuses.items()))}; "
        f"memory {before:.0f} to {after:.0f} MB; home page {slow / quick:.2f} of its time"
    )
    return figure, faults(statuses, after / before, slow / quick)


def endless(values):
    return itertools.chain.from_iterable(itertools.repeat(values))


def routes():
    """The public paths of the site as templates, {} where a value belongs."""
    return [path for path in paths(get_resolver().url_patterns) if not path.startswith("/admin")]


def paths(patterns, prefix="/"):
    for pattern in patterns:
        path = prefix + GROUP.sub("{}", str(pattern.pattern)).lstrip("^").rstrip("$")
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from paths(pattern.url_patterns, path)


def request(route, chance):
    """The bytes of one request."""
    path = quote(route.format(*(chance.choice(VALUES) for _ in range(route.count("{}")))), "/%")
    query = chance.choice(QUERIES)
    body = chance.choice(BODIES)
    lines = [
        f"{chance.choice(METHODS)} {path}{'?' * bool(query)}{query} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        f"Content-Type: {chance.choice(KINDS)}",
        f"Content-Length: {len(body)}",
        f"Cookie: {settings.CSRF_COOKIE_NAME}={TOKEN}",
        f"X-CSRFToken: {TOKEN}",
        *chance.sample(HEADERS, 2),
    ]
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body


def attack(site, requests):
    """How often each status was the answer; 0 stands for none in time."""
    statuses, pending = Counter(), iter(requests)

    def call():
        for one in pending:
            statuses[answer(site.address, one)] += 1

    callers = [threading.Thread(target=call) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return statuses


def answer(address, octets):
    """The status of the answer; 400 where the server closes without a word, 0 where it hangs."""
    head = b""
    try:
        with socket.create_connection(address, timeout=PATIENCE) as connection:
            connection.sendall(octets)
            while block := connection.recv(2**16):
                head = (head + block)[:HEAD]
    except TimeoutError:
        return 0
    except OSError:  # it has refused, and closed while the rest was still on its way
        return 400
    if head.startswith(CONTINUE):
        head = head.partition(b"\r\n\r\n")[2]
    return int(head.split()[1]) if head.startswith(b"HTTP/") else 400


def home_time(site):
    """Seconds of the home page, the middle of fifty."""
    seconds = []
    for _ in range(50):
        began = time.perf_counter()
        answer(site.address, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def faults(statuses, growth, slower):
    """What is wrong, as lines."""
    broken = {status: times for status, times in statuses.items() if status >= 500 or not status}
    if broken:
        yield f"answers {broken}, expected none of 500 and above and none missing"
    if growth > GROWTH:
        yield f"memory grew to {growth:.2f} of what it was, expected at most {GROWTH}"
    if slower > SLOWER:
        yield f"the home page takes {slower:.2f} of its time, expected at most {SLOWER}"
