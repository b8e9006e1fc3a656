"""Counts requests for /metrics, where METRICS_TOKEN asks for it."""

import time

from prometheus_client import Counter, Histogram

STORED = "portal.stored_page"  # the key in `environ` of an answer of the page store
requests = Counter("portal_requests", "Answers by class of status", ["status"])
stored_pages = Counter("portal_stored_pages", "Answers of the page store")
seconds = Histogram(
    "portal_request_seconds",
    "Until an answer that was not stored began",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def count_requests(application):
    """WSGI middleware: count each answer; an exception counts as 5xx."""

    def answer(environ, start_response):
        start, status = time.perf_counter(), ["5"]

        def note_status(line, *rest):
            status[0] = line[0]
            return start_response(line, *rest)

        try:
            return application(environ, note_status)
        finally:
            requests.labels(f"{status[0]}xx").inc()
            if environ.get(STORED):
                stored_pages.inc()
            else:
                seconds.observe(time.perf_counter() - start)

    return answer
