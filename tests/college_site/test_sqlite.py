"""Case-insensitive search is the same on both databases; SQLite is given statistics."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from college_site.registry import registry
from college_site.sqlite import ANALYSIS_LIMIT, DailyAnalysis
from news.models import Post
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("word", ["круглый", "КРУГЛЫЙ", "Круглый"])
def test_a_search_finds_cyrillic_in_any_case(word):
    post = factories.post(title="Большой Круглый стол")
    assert list(Post.objects.filter(title__icontains=word)) == [post]


@pytest.mark.parametrize("sign", ["%", "_", "\\"])
def test_like_wildcards_are_searched_literally(sign):
    factories.post(title="Без знаков")
    post = factories.post(title=f"Скидка 50{sign}")
    assert list(Post.objects.filter(title__icontains=sign)) == [post]


def test_a_search_matches_across_several_lines():
    post = factories.post(lead="Первая строка\nвторая СТРОКА")
    assert list(Post.objects.filter(lead__icontains="вторая строка")) == [post]


def list_statements(job):
    with CaptureQueriesContext(connection) as queries:
        assert job() is False
    return [query["sql"] for query in queries]


def test_the_worker_analyzes_sqlite_when_it_starts_and_daily():
    statements = []
    if connection.vendor == "sqlite":  # without the limit samples of values would be stored
        statements = [f"PRAGMA analysis_limit={ANALYSIS_LIMIT}", "ANALYZE"]
    now = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    analyze_daily = DailyAnalysis().analyze_daily
    with time_machine.travel(now, tick=False):
        assert list_statements(analyze_daily) == statements
        assert list_statements(analyze_daily) == []
    with time_machine.travel(now + datetime.timedelta(days=1), tick=False):
        assert list_statements(analyze_daily) == statements
    assert "analyze_daily" in [job.__name__ for job in registry.periodic_jobs]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL analyzes by itself")
def test_the_analysis_knows_the_rows_of_tables():
    factories.post()
    DailyAnalysis().analyze_daily()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [Post._meta.db_table])
        assert cursor.fetchone()
