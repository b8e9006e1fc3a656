"""All forms of a word share a lemma."""

from itertools import combinations

import pytest

from college_site.russian.morphology import (
    is_first_name,
    is_known,
    lemmatize,
    list_lemmas,
    list_tokens,
)
from college_site.russian.words import LONGEST, WORD, fold_word


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
def test_regular_forms_of_a_word_share_a_lemma(forms):
    assert len({lemmatize(fold_word(form)) for form in forms.split()}) == 1


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
def test_irregular_forms_of_a_word_share_a_lemma(forms):
    assert len({lemmatize(fold_word(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        "кружок кружки кружками",
        "викторина викторины викторин викторину",
        "столовая столовой столовых столовыми",
        "мастерская мастерские мастерским",
        "карьера карьере карьерам",
        "сталь стали сталью сталей",
        "росатом росатома росатомом",
        "демоэкзамен демоэкзамены демоэкзаменов",
        "краснобурый краснобурого",
        "лебедь лебедя лебедей",
    ],
)
def test_ambiguous_forms_of_a_word_share_at_least_one_lemma(forms):
    for one, other in combinations(forms.split(), 2):
        assert set(list_lemmas(one)) & set(list_lemmas(other)), (one, other)


@pytest.mark.parametrize(
    "others",
    [
        "станок станция",
        "урок урна",
        "рынок рыба",
        "век вечер",
        "стол стул",
        "стол стела",
        "дом дым",
        "двор дверь",
        "школа шкала",
        "совет свет",
    ],
)
def test_different_words_share_no_lemma(others):
    first, *rest = others.split()
    assert not set(list_lemmas(first)) & {lemma for other in rest for lemma in list_lemmas(other)}


def test_tokens_contain_the_lemma_and_the_written_form():
    assert list_tokens("станки") == "станок станки"
    assert list_tokens("завод") == "завод"


@pytest.mark.parametrize(
    "word",
    ["краснобурый", "worldskills", "2026", "3d", "xiv", "öl", "ў", "ааа", "ъ", "я" * LONGEST],
)
def test_every_lemma_is_a_valid_word(word):
    lemmas = list_lemmas(word)
    assert lemmas
    assert all(WORD.fullmatch(lemma) and len(lemma) <= LONGEST for lemma in lemmas)


@pytest.mark.parametrize(
    ("word", "known"), [("ёлка", True), ("елка", True), ("станками", True), ("тезникум", False)]
)
def test_the_dictionary_knows_words_in_every_form(word, known):
    assert is_known(word) is known


@pytest.mark.parametrize(("word", "expected"), [("диму", True), ("зарина", True), ("цех", False)])
def test_first_names_are_recognised_in_any_grammatical_case(word, expected):
    assert is_first_name(word) is expected
