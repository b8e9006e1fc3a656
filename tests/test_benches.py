"""What `make bench` measures: every page exists and keeps its number of queries."""

from contextlib import nullcontext
from importlib import import_module
from io import StringIO

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from college_site.bench import MOST_QUERIES, Measured, sentence_maker
from college_site.management.commands import bench as command
from tests import factories

ROWS = 60


@pytest.fixture(params=settings.BENCHES)
def bench(request, db):
    """A module of measured pages, its rows made."""
    factories.college()
    module = import_module(request.param)
    module.fill(ROWS)
    return module


def test_each_measured_page_is_there_and_keeps_its_queries(bench, client):
    for page, path in bench.pages().items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        assert response.status_code == 200, page
        assert len(captured) <= MOST_QUERIES, page


def test_the_searches_find_what_they_are_measured_with(bench, client):
    searches = [path for page, path in bench.pages().items() if " word " in page]
    assert len(searches) == 2
    for path in searches:
        assert "ничего не нашлось" not in client.get(path).content.decode().lower(), path


@pytest.mark.django_db
def test_a_page_that_misses_its_goal_fails_the_command(monkeypatch, settings):
    settings.BENCHES = ["tests.test_benches"]
    monkeypatch.setattr(command, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(command, "scratch_databases", lambda *names: nullcontext())
    monkeypatch.setattr(command, "use", lambda name: None)
    times = {"small": Measured(1, 2, 2), "large": Measured(1, 9, 9)}
    found = {name: {"home": time, "news": times["small"]} for name, time in times.items()}
    monkeypatch.setattr(command, "measured", lambda pages: found)
    with pytest.raises(CommandError, match=r"goal: home\.$"):
        command.Command(stdout=StringIO()).handle(large=10)


# This module as a bench of two pages.

GOALS = {}


def fill(count):
    pass


def pages():
    return {"home": "/", "news": "/news/"}


def test_sentences_are_made_of_the_words_of_the_text():
    sentence = sentence_maker("Шумит Волга, молчит берег", "Волга", FirstChance())
    assert sentence(2) == "Шумит Шумит. "


class FirstChance:
    """Chance that leaves things as they are and always takes the first."""

    def shuffle(self, values):
        pass

    def choices(self, values, cum_weights, k):
        return [values[0]] * k
