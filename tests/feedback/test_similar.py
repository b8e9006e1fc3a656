"""Published answers similar to a text."""

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


def test_only_the_newest_answers_are_compared(monkeypatch):
    monkeypatch.setattr("feedback.public_answers.similar.MOST_COMPARED", 1)
    publication("Лавочки во дворе")
    newest = publication("Скамейки во дворе у спортзала")
    assert find_similar("Лавочки во дворе") == []
    assert find_similar("Скамейки во дворе") == [newest]


CANTEEN = {
    "title": "Очередь в столовой",
    "text": "На большой перемене в столовой очередь: до кассы с первого этажа идти до звонка. "
    "Приходится бегать по коридору и брать телефон, чтобы заплатить.",
    "answer": "С начала учебного года перемены сдвинуты, у второго корпуса работает буфет.",
}


@pytest.mark.parametrize(
    "text",
    [
        "Нужны розетки в коридоре: на большой перемене негде зарядить телефон, кабинеты закрыты.",
        "Поставьте лавочку у входа во второй корпус, чтобы ждать начала пары.",
        "На первом этаже холодно, звонка не слышно, а в коридоре темно.",
        "В раздевалке на первом этаже не хватает крючков, после звонка толпа.",
        "Сделайте удобное расписание: пары начинаются рано, до техникума приходится бегать.",
    ],
)
def test_an_answer_on_another_subject_is_not_offered(text):
    factories.publication(**CANTEEN)
    assert find_similar(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Очередь в столовую такая, что не успеваем поесть.",
        "В столовой нужна вторая касса.",
        "Откройте буфет: столовая не справляется.",
    ],
)
def test_an_answer_on_the_same_subject_is_offered(text):
    found = factories.publication(**CANTEEN)
    assert find_similar(text) == [found]


def test_words_that_most_answers_share_do_not_count():
    for number in range(7):
        publication(f"Общежитие и кухня {number}")
    assert find_similar("На кухне общежития нет света") == []


def test_an_answer_whose_title_is_on_something_else_is_not_offered():
    factories.publication(title="Расписание", text="Стол и стул", answer="Готово.")
    assert find_similar("Сломан стул, шатается стол") == []
