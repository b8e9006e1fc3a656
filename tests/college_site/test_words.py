"""The stem that all forms of a word share."""

import pytest

from college_site.words import folded, stem, stems


@pytest.mark.parametrize(
    "forms",
    [
        "станок станки станков станками",
        "рынок рынки рынков",
        "урок уроки уроков",
        "срок сроки сроков",
        "конец концы концов",
        "кусочек кусочки",
        "оценка оценки оценок",
        "заявка заявок",
        "танец танцы танцев",
        "огонёк огоньки огоньков",
        "доброволец добровольцы",
        "боец бойцы",
        "стройка стройки строек",
        "огонь огня огни",
        "ветер ветра ветры",
        "уровень уровня уровни",
        "костёр костры",
        "окно окна окон",
        "стекло стёкла стёкол",
        "число чисел",
        "сестра сестёр",
        "земля земель",
        "техникум техникума техникумом",
    ],
)
def test_forms_of_a_word_share_its_stem(forms):
    assert len({stem(folded(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        "день дня дню днём дне дни дней дням днями днях",
        "шов шва швы швов",
        "лёд льда",
        "ребёнок ребёнка дети детей",
        "человек человека люди людям",
        "год года годы лет",
        "письмо письма писем",
        "песня песни песен",
        "время времени времена времён",
        "диплом диплома диплому дипломы",
        "журнал журнала журналы журналов",
        "экзамен экзамена экзамены",
    ],
)
def test_forms_that_look_like_different_words_share_a_stem(forms):
    assert len({stem(folded(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "others",
    [
        *("станок станция", "урок урна", "рынок рыба", "век вечер", "стол стул", "стол стела"),
        *("дом дым", "двор дверь", "школа шкала", "совет свет"),
    ],
)
def test_different_words_keep_apart(others):
    first, *rest = others.split()
    assert stem(first) not in {stem(other) for other in rest}


def test_an_index_holds_the_beginning_as_it_is_written_too():
    assert set(stems("станок")) == {"станк", "станок"}
    assert set(stems("завод")) == {"завод"}
