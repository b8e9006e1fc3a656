"""What is offered instead of a word that no published post has."""

import datetime

import pytest
from django.utils import timezone

from news.search.facets import Filters
from news.search.query import Query
from news.search.results import search
from tests import factories

pytestmark = pytest.mark.django_db


def offered(text):
    return search(Query(text), Filters()).correction


@pytest.mark.parametrize(
    ("typed", "text"),
    [("дети", "Социальные сети"), ("огня", "Одна заявка"), ("студентка", "Билет студента")],
)
def test_a_word_of_another_meaning_is_no_correction(typed, text):
    factories.post(title=text)
    assert offered(typed) == ""


@pytest.mark.parametrize("hidden_until", [None, datetime.timedelta(hours=1)])
def test_a_misspelling_in_a_post_that_nobody_may_see_hides_no_correction(hidden_until):
    factories.post(title="Чемпионат")
    moment = hidden_until and timezone.now() + hidden_until
    factories.post(title="Чемпионнат", published_at=moment)
    assert offered("чемпионнат") == "чемпионат"


def test_a_misspelling_in_a_deleted_post_hides_no_correction():
    factories.post(title="Чемпионат")
    factories.post(title="Чемпионнат").delete()
    assert offered("чемпионнат") == "чемпионат"


def test_a_published_misspelling_is_a_word():
    factories.post(title="Чемпионат")
    factories.post(title="Чемпионнат")
    assert offered("чемпионнат верстак") == ""
