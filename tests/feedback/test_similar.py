"""Which published answers are offered to somebody who writes."""

import pytest

from feedback.public_answers.similar import find_similar
from tests import factories

pytestmark = pytest.mark.django_db


def publication(title, **fields):
    return factories.publication(title=title, text="Прошу.", answer="", **fields)


def test_answers_are_found_by_any_form_of_their_words():
    found = publication("Лавочки во дворе")
    assert find_similar("Нет ни одной лавочки в нашем дворике, и во двор не выйти") == [found]


def test_one_word_in_common_is_not_enough():
    publication("Лавочки во дворе")
    assert find_similar("Во дворе темно") == []


def test_words_of_every_suggestion_do_not_count():
    publication("Сделать техникум лучше")
    assert find_similar("Техникум можно сделать лучше") == []


def test_what_shares_more_comes_first_and_three_are_enough():
    for _ in range(3):
        publication("Лавочки во дворе")
    best = publication("Синие лавочки во дворе")
    found = find_similar("Поставьте синие лавочки во дворе")
    assert found[0] == best
    assert len(found) == 3


def test_an_answer_that_is_not_public_is_not_offered():
    publication("Лавочки во дворе", published_at=None)
    assert find_similar("Лавочки во дворе") == []


def test_a_text_of_one_word_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find_similar("Лавочки!") == []


def test_words_of_every_request_do_not_count():
    publication("Поставить вторую кассу с начала учебного года")
    assert find_similar("Поставьте, пожалуйста, лавочки во дворе учебного корпуса") == []
