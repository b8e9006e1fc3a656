"""The search reads a bounded number of rows, however many posts match."""

import pytest

from news.search import results
from news.search.facets import Filters
from news.search.query import Query
from tests import factories

pytestmark = pytest.mark.django_db


def test_only_the_latest_of_too_many_matches_are_ranked(monkeypatch):
    monkeypatch.setattr(results, "MAX_RANKED", 3)
    posts = [factories.post(title="Станок") for _ in range(5)]
    found = results.search(Query("станок"), Filters())
    assert {hit.pk for hit in found.hits} == {post.pk for post in posts[2:]}
    assert found.is_capped


def test_only_the_first_eight_words_are_terms():
    words = "станок цех мастер практика завод урок стол окно"
    assert len(Query(f"{words} дверь").terms) == len(Query(words).terms) == 8
    assert Query(f"{words} дверь").is_truncated
    assert not Query(words).is_truncated


@pytest.mark.parametrize(("typed", "prefix"), [("ст", ()), ("ста", ("ста",))])
def test_three_letters_are_the_beginning_of_a_word(typed, prefix):
    assert Query(typed).terms[-1].prefixes == prefix
