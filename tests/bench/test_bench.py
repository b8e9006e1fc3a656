"""The benchmarks of `make bench`: every page exists and stays within its query limit."""

import sys
from contextlib import nullcontext

import pytest

from feedback.history.verification import verify_history
from tests import factories
from tests.bench import comparison
from tests.bench.databases import sentence_maker
from tests.bench.measurement import MAX_QUERIES, Measurement, count_queries, get, make_clients

ROWS = 60


@pytest.fixture(params=comparison.BENCHES)
def bench(request, db):
    """A benchmark module whose rows have been created."""
    factories.college()
    request.param.fill(ROWS)
    return request.param


def test_each_measured_page_exists_within_its_query_limit(bench):
    pages, clients = bench.pages(), make_clients()
    assert pages
    for page, path in pages.items():
        get(clients, path)
        assert count_queries(clients, path) <= MAX_QUERIES, page


def test_the_history_of_the_rows_verifies(bench):
    assert bench.pages()
    verify_history()


def test_the_measured_searches_have_results(bench, staff_client):
    searches = [path for page, path in bench.pages().items() if " word " in page]
    assert len(searches) >= 2
    for path in searches:
        page = staff_client.get(path).content.decode().lower()
        assert "ничего не нашлось" not in page, path
        assert "здесь пусто" not in page, path


@pytest.mark.django_db
def test_the_command_fails_when_a_page_misses_its_goal(monkeypatch):
    monkeypatch.setattr(comparison, "BENCHES", [sys.modules[__name__]])
    monkeypatch.setattr(comparison, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(comparison, "scratch_databases", lambda *names: nullcontext())
    monkeypatch.setattr(comparison, "use", lambda name: None)
    times = {"small": Measurement(1, 2, 2), "large": Measurement(1, 9, 9)}
    found = {name: {"home": time, "news": times["small"]} for name, time in times.items()}
    monkeypatch.setattr(comparison, "measure", lambda pages: found)
    with pytest.raises(SystemExit, match=r"goal: home\.$"):
        comparison.main(["--large", "10"])


# This module as a bench of two pages.

GOALS = {}


def fill(count):
    pass


def pages():
    return {"home": "/", "news": "/news/"}


def test_sentences_consist_of_the_words_of_the_text():
    sentence = sentence_maker("Шумит Волга, молчит берег", "Волга", FirstChoice())
    assert sentence(2) == "Шумит Шумит. "


class FirstChoice:
    """A fake random generator: does not shuffle and always chooses the first value."""

    def shuffle(self, values):
        pass

    def choices(self, values, cum_weights, k):
        return [values[0]] * k
