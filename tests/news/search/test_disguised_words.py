"""Words are found however they are typed: with soft hyphens, other alphabets, as compounds."""

import pytest

from news.search import results
from news.search.facets import Filters
from news.search.query import Query
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Тех\u00adникум", "техникум"),
        ("Тех\u200bни\u2060кум", "техникум"),
        ("Техникум", "тех\u00adникум"),
        ("Teхникум", "техникум"),
        ("Техникум", "тexникум"),
        ("Чемпионат Рrofessionals", "professionals"),
        ("Йод и йогурт", "\u0438\u0306огурт"),
        ("\u0418\u0306огурт", "йогурт"),
        ("Медиа-центр", "медиацентр"),
        ("Медиа‑центр открыт", "медиацентра"),
        ("Медиацентр", "медиа-центр"),
        ("Медиацентр", "медиа центр"),
        ("Медиа центр", "медиа–центр"),
        ("Медиацентр", "медиа-цен"),
        ("Медиа-центр", "медиацен"),
        ("Группа ТМ-21", "тм21"),
        ("Группа ТМ21", "тм-21"),
    ],
)
def test_a_post_is_found_however_it_is_typed(title, typed):
    factories.post(title="Другая публикация")
    post = factories.post(title=title)
    found = results.search(Query(typed), Filters(), is_exact=True)
    assert [hit.pk for hit in found.hits] == [post.pk]


@pytest.mark.parametrize(
    ("title", "typed", "marked"),
    [
        ("Наш медиа-центр", "медиацентр", ["медиа-центр"]),
        ("Наш медиацентр", "медиа центр", ["медиацентр"]),
        ("Наш медиа-центр", "центр", ["центр"]),
        ("Наш тех\u00adникум", "техникум", ["тех\u00adникум"]),
        ("Наш тexникум", "техникум", ["тexникум"]),
    ],
)
def test_the_match_is_highlighted_as_the_post_spells_it(title, typed, marked):
    pieces = results.highlight(title, Query(typed).terms)
    assert [piece.text for piece in pieces if piece.is_match] == marked
    assert "".join(piece.text for piece in pieces) == title
