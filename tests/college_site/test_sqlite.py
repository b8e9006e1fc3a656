"""Case-insensitive search is the same on both databases."""

import pytest

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
