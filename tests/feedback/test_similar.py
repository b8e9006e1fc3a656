"""Which published answers are offered to somebody who writes."""

import datetime

import pytest
from django.utils import timezone

from feedback.public_answers.similar import find_similar
from tests import factories

pytestmark = pytest.mark.django_db


def publication(title, **fields):
    return factories.publication(title=title, text="Прошу.", answer="", **fields)


@pytest.mark.django_db
def test_disguised_words_are_similar_all_the_same():
    found = factories.publication(title="Лавочки во дворе")
    assert find_similar("Лa\u00adвочки во двo\u200bре") == [found]


def test_a_similar_answer_is_found_by_any_word_form():
    found = publication("Лавочки во дворе")
    assert find_similar("Нет ни одной лавочки в нашем дворике, и во двор не выйти") == [found]


def test_one_common_word_is_not_enough():
    publication("Лавочки во дворе")
    assert find_similar("Во дворе темно") == []


def test_words_common_to_all_suggestions_do_not_count():
    publication("Сделать техникум лучше")
    assert find_similar("Техникум можно сделать лучше") == []


def test_the_best_three_matches_are_offered_best_first():
    for _ in range(3):
        publication("Лавочки во дворе")
    best = publication("Синие лавочки во дворе")
    found = find_similar("Поставьте синие лавочки во дворе")
    assert found[0] == best
    assert len(found) == 3


def test_an_unpublished_answer_is_not_offered():
    publication("Лавочки во дворе", published_at=None)
    assert find_similar("Лавочки во дворе") == []


def test_a_text_of_one_word_needs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find_similar("Лавочки!") == []


def test_polite_and_generic_request_words_do_not_count():
    publication("Поставить вторую кассу с начала учебного года")
    assert find_similar("Поставьте, пожалуйста, лавочки во дворе учебного корпуса") == []


def test_of_equal_matches_the_newest_are_offered():
    moment = timezone.now() - datetime.timedelta(days=1)
    oldest = publication("Лавочки во дворе", published_at=moment - datetime.timedelta(days=1))
    same = [publication("Лавочки во дворе", published_at=moment) for _ in range(2)]
    newest = publication("Лавочки во дворе")
    assert find_similar("Лавочки во дворе") == [newest, same[1], same[0]]
    assert oldest not in find_similar("Лавочки во дворе")
