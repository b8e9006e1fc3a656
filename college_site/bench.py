"""Measures pages on a small and on a large database, by turns, so that noise hits both alike."""

import re
import time
from collections import defaultdict
from contextlib import contextmanager
from itertools import accumulate
from statistics import quantiles
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from college_site.models import College

ROUNDS = 10
REQUESTS = 10  # of each page in a round: 100 in all, enough for a 99th percentile
MOST_QUERIES = 12


class Measured(NamedTuple):
    """One page on one database: queries, milliseconds in the middle and at the 99th percentile."""

    queries: int
    p50: float
    p99: float


@contextmanager
def scratch_databases(*names):
    """Fresh, migrated databases beside the configured one, each with a college; gone afterwards."""
    configured = connection.settings_dict["NAME"]
    try:
        for name in names:
            connection.settings_dict["TEST"]["NAME"] = file_name(name)
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            College.objects.create(name="Техникум", full_name="Техникум", email="a@example.ru")
        yield
    finally:
        for name in names:
            use(name)
            connection.creation.destroy_test_db(configured, verbosity=0)


def use(name):
    """Let everything that follows work on the scratch database `name`."""
    connection.close()
    connection.settings_dict["NAME"] = file_name(name)
    connection.ensure_connection()


def file_name(name):
    """What the engine calls it: a file in DATA_DIR, or a database of the server."""
    if connection.vendor == "sqlite":
        return str(settings.DATA_DIR / f"{name}.sqlite3")
    return f"bench_{name}"


def sentence_maker(text, common, chance):
    """A function that makes a sentence of so many of the text's words, as frequent as words are.

    The frequencies are Zipf's; `common` is the sixth. `chance` is a random.Random.
    """
    words = sorted(set(re.findall("[А-Яа-яЁё]{3,}", text)) - {common})
    chance.shuffle(words)
    words.insert(5, common)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    return lambda length: " ".join(chance.choices(words, cum_weights=weights, k=length)) + ". "


def measured(pages):
    """{database: {page: Measured}} for `pages`, {database: {page: path}}."""
    times = defaultdict(list)
    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip, br"})
    for _ in range(ROUNDS):
        for database, paths in pages.items():
            use(database)
            for page, path in paths.items():
                times[database, page] += timed(client, path)
    found = {}
    for database, paths in pages.items():
        use(database)
        found[database] = {
            page: Measured(queries(client, path), *middle_and_tail(times[database, page]))
            for page, path in paths.items()
        }
    return found


def timed(client, path):
    """Milliseconds of each of REQUESTS answers, after one that warms up."""
    answer(client, path)
    found = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        answer(client, path)
        found.append((time.perf_counter() - start) * 1000)
    return found


def answer(client, path):
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}, expected 200")
    return response


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        answer(client, path)
    return len(captured)


def middle_and_tail(values):
    cuts = quantiles(values, n=100)
    return cuts[49], cuts[98]
