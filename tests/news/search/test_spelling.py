"""Corrections for words that no published post contains."""

import datetime

import pytest
from django.utils import timezone

from news.search.facets import Filters
from news.search.query import Query
from news.search.results import search
from tests import factories

pytestmark = pytest.mark.django_db


def suggest(text):
    return search(Query(text), Filters()).correction


@pytest.mark.parametrize(
    ("typed", "text"),
    [("дети", "Социальные сети"), ("огня", "Одна заявка"), ("студентка", "Билет студента")],
)
def test_a_different_existing_word_is_not_offered_as_a_correction(typed, text):
    factories.post(title=text)
    assert suggest(typed) == ""


@pytest.mark.parametrize("hidden_until", [None, datetime.timedelta(hours=1)])
def test_a_misspelling_in_an_unpublished_post_does_not_suppress_the_correction(hidden_until):
    factories.post(title="Чемпионат")
    moment = hidden_until and timezone.now() + hidden_until
    factories.post(title="Чемпионнат", published_at=moment)
    assert suggest("чемпионнат") == "чемпионат"


def test_a_misspelling_in_a_deleted_post_does_not_suppress_the_correction():
    factories.post(title="Чемпионат")
    factories.post(title="Чемпионнат").delete()
    assert suggest("чемпионнат") == "чемпионат"


def test_a_published_misspelling_counts_as_a_word():
    factories.post(title="Чемпионат")
    factories.post(title="Чемпионнат")
    assert suggest("чемпионнат верстак") == ""
