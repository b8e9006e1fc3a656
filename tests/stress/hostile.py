"""Thousands of hostile requests to all public routes: no 5xx, no memory leak, no slowdown."""

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
THREADS = 8
TIMEOUT = 40  # seconds for an answer
STATUS_BYTES = 200  # the part of a response that is read for its status
CONTINUE = b"HTTP/1.1 100 "  # an interim response
MAX_GROWTH = 1.5  # the ratio of the memory of all processes after the attack and after a warm-up
MAX_SLOWDOWN = 2.0  # the ratio of the home page's response times
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
TOKEN = "a" * 32  # a valid CSRF token if sent as cookie and header
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
    """(summary, faults) after `count` requests, which are the same in every run."""
    generator = random.Random(SEED)
    requests = [
        request(route, generator) for route in itertools.islice(repeat_forever(routes()), count)
    ]
    send_requests(site, requests[:WARM_UP])
    before, time_before = site.memory(), home_time(site)
    statuses = send_requests(site, requests)
    after, time_after = site.memory(), home_time(site)
    summary = (
        f"{count} requests (seed {SEED}) to {len(routes())} routes: "
        f"{', '.join(f'{status}: {times}' for status, times in sorted(statuses.items()))}; "
        f"memory {before:.0f} to {after:.0f} MB; "
        f"home page {time_after / time_before:.2f} of its time"
    )
    return summary, find_faults(statuses, after / before, time_after / time_before)


def repeat_forever(values):
    return itertools.chain.from_iterable(itertools.repeat(values))


def routes():
    """The public URL paths of the site; {} stands for each parameter."""
    return [path for path in paths(get_resolver().url_patterns) if not path.startswith("/admin")]


def paths(patterns, prefix="/"):
    for pattern in patterns:
        path = prefix + GROUP.sub("{}", str(pattern.pattern)).lstrip("^").rstrip("$")
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from paths(pattern.url_patterns, path)


def request(route, generator):
    """The bytes of one request."""
    path = quote(route.format(*(generator.choice(VALUES) for _ in range(route.count("{}")))), "/%")
    query = generator.choice(QUERIES)
    body = generator.choice(BODIES)
    lines = [
        f"{generator.choice(METHODS)} {path}{'?' * bool(query)}{query} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        f"Content-Type: {generator.choice(KINDS)}",
        f"Content-Length: {len(body)}",
        f"Cookie: {settings.CSRF_COOKIE_NAME}={TOKEN}",
        f"X-CSRFToken: {TOKEN}",
        *generator.sample(HEADERS, 2),
    ]
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body


def send_requests(site, requests):
    """Send the requests from several threads; returns a Counter of statuses, 0 for a timeout."""
    statuses, pending = Counter(), iter(requests)

    def send():
        for octets in pending:
            statuses[request_status(site.address, octets)] += 1

    threads = [threading.Thread(target=send) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def request_status(address, data):
    """The response's status; 400 if the server closes without a response, 0 after a timeout."""
    head = b""
    try:
        with socket.create_connection(address, timeout=TIMEOUT) as connection:
            connection.sendall(data)
            while block := connection.recv(2**16):
                head = (head + block)[:STATUS_BYTES]
    except TimeoutError:
        return 0
    except OSError:  # the server rejected the request and closed before it was sent completely
        return 400
    if head.startswith(CONTINUE):
        head = head.partition(b"\r\n\r\n")[2]
    return int(head.split()[1]) if head.startswith(b"HTTP/") else 400


def home_time(site):
    """The median response time of the home page in seconds, from fifty requests."""
    seconds = []
    for _ in range(50):
        start = time.perf_counter()
        request_status(
            site.address, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def find_faults(statuses, growth, slowdown):
    """Yield the violated limits as sentences."""
    broken = {status: times for status, times in statuses.items() if status >= 500 or not status}
    if broken:
        yield f"answers {broken}, expected none of 500 and above and none missing"
    if growth > MAX_GROWTH:
        yield f"memory grew to {growth:.2f} of what it was, expected at most {MAX_GROWTH}"
    if slowdown > MAX_SLOWDOWN:
        yield f"the home page takes {slowdown:.2f} of its time, expected at most {MAX_SLOWDOWN}"
