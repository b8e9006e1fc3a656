"""The search page with queries and filters that nobody types by accident."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.news.test_search import page

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"',
    '"верстак',
    "NEAR(",
    "NEAR(a b, 2)",
    "title:верстак",
    "col:x",
    "*",
    "верстак*",
    "^",
    "^a",
    "AND",
    "a AND",
    "OR NOT",
    "-",
    "(",
    ")",
    "{",
    "a:*",
    "a & b",
    "!a",
    "a | ",
    "<->",
    "'",
    "\\",
    "a\0b",
    "\0",
    "\ud800",
    "%",
    "_",
    "; DROP TABLE",
    "İſK",
    "и\u0306",
    "x" * 5000,
    " ".join(f"слово{number}" for number in range(1000)),
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_answered(client, query):
    factories.post(title="Верстак İſK a b")
    page(client, query.encode(errors="surrogatepass"))


@pytest.mark.parametrize(
    "value", ["\0", "x" * 999, "9" * 4301, "2021-2023", "0000-0001", "٢٠٢١-٢٠٢٢"]
)
def test_a_hostile_filter_is_answered(client, value):
    factories.post(title="Верстак")
    page(client, "верстак", year=value, topic=value, partner=value, page=value)


@given(st.text(max_size=120), st.text(max_size=20))
def test_any_query_is_answered(client, query, value):
    page(client, query, year=value, topic=value, partner=value, page=value)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_title_is_indexed(text):
    factories.post(title=text, slug=f"post-{next(factories.numbers)}")
