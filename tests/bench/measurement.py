"""Measures pages on several databases alternately, so that noise affects all equally."""

import time
from collections import defaultdict
from statistics import quantiles
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.databases import use

ROUNDS = 10
REQUESTS = 10  # for each page and round: 100 in total, enough for a 99th percentile
MAX_QUERIES = 12  # of a page


class Measurement(NamedTuple):
    """One page on one database: number of queries, median and 99th percentile in milliseconds."""

    queries: int
    p50: float
    p99: float


def measure(pages):
    """{database: {page: Measurement}} for `pages`, {database: {page: path}}."""
    times, clients = defaultdict(list), {}
    for database in pages:
        use(database)
        clients[database] = make_clients()
    for _ in range(ROUNDS):
        for database, paths in pages.items():
            use(database)
            for page, path in paths.items():
                times[database, page] += time_requests(clients[database], path)
    found = {}
    for database, paths in pages.items():
        use(database)
        found[database] = {
            page: Measurement(
                count_queries(clients[database], path), *p50_and_p99(times[database, page])
            )
            for page, path in paths.items()
        }
    return found


def make_clients():
    """{whether for the admin: Client}; that of the admin is logged in."""
    options = {"SERVER_NAME": "localhost", "headers": {"accept-encoding": "gzip, br"}}
    clients = {is_admin: Client(**options) for is_admin in (False, True)}
    user, _ = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    clients[True].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


def time_requests(clients, path):
    """The milliseconds of REQUESTS requests, after one to warm up.

    SQLite works within this process: its processor time does not depend on what else runs on the
    machine. Of a database server only the clock on the wall tells.
    """
    read_clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    get(clients, path)
    found = []
    for _ in range(REQUESTS):
        start = read_clock()
        get(clients, path)
        found.append((read_clock() - start) * 1000)
    return found


def get(clients, path):
    response = clients[path.startswith("/admin/")].get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}, expected 200")
    return response


def count_queries(clients, path):
    with CaptureQueriesContext(connection) as captured:
        get(clients, path)
    return len(captured)


def p50_and_p99(values):
    cuts = quantiles(values, n=100)
    return cuts[49], cuts[98]
