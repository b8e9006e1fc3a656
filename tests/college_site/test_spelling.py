"""Words that the dictionary does not contain, and what they may be misprints of."""

import time

import pytest

from college_site.russian.spelling import choose_suggestions, clean, is_correct, list_candidates

VOCABULARY = frozenset({"облкоммунэнерго", "профмастерство"})


def suggest(word, frequent=()):
    text = clean(word)
    assert not is_correct(text, VOCABULARY), word
    return choose_suggestions(list_candidates(text, VOCABULARY), frequent)


@pytest.mark.parametrize(
    ("misprint", "meant"),
    [
        ("колледш", "колледж"),  # a letter for one that sounds alike
        ("здраствуйте", "здравствуйте"),  # a missing letter
        ("участникти", "участники"),  # a letter too many
        ("шкоьла", "школа"),
        ("прогармма", "программа"),  # two letters in the wrong order
        ("дисскусия", "дискуссия"),  # another letter doubled
        ("вколледже", "в колледже"),  # a missing space
        ("незнаю", "не знаю"),
        ("учаcтие", "участие"),  # a Latin letter
        ("совещание-дисскусия", "совещание-дискуссия"),
        ("Дисскусия", "Дискуссия"),
        ("ДИССКУСИЯ", "ДИСКУССИЯ"),
        ("Оболкоммунэнерго", "Облкоммунэнерго"),  # a word of the college
        ("прога\u0301рмма", "программа"),  # a stress mark is no letter
        ("про\u00adгармма", "программа"),  # neither is a soft hyphen
        ("\u200fпрогармма", "программа"),  # nor a mark of direction
        ("была организованна", "была организована"),
        ("Была организованна", "Была организована"),
    ],
)
def test_a_misprint_is_found_and_the_word_meant_comes_first(misprint, meant):
    assert suggest(misprint)[0].replace("ё", "е") == meant.replace("ё", "е")


@pytest.mark.parametrize(
    "word",
    [
        "колледж",
        "Ещё",
        "елка",
        "ёлка",
        "по-прежнему",
        "что-нибудь",
        "из-за",
        "кое-какой",
        "Иванова",
        "Сергеевич",
        "Балаково",
        "Облкоммунэнерго",
        "СПО",
        "ГАПОУ",
        "МинПрос",
        "вУЗ",
        "ИТ-решения",
        "IT-отдел",
        "WorldSkills",
        "ТМ-21",
        "3D-принтер",
        "2-й",
        "химико-технологический",
        "техники-механики",
        "медиацентр",
        "профмастерства",
        "онлайн-урок",
        "за\u0301мок",
        "кол\u00adледж",
        "а",
        "123",
        "…",
        "",
        "организованна",
        "была длинна",
        "x" * 200,
        "ы" * 200,
    ],
)
def test_no_word_that_somebody_can_mean_is_doubted(word):
    assert is_correct(clean(word), VOCABULARY)


def test_words_of_the_college_come_before_equally_likely_ones():
    assert choose_suggestions({"дома": 1, "тома": 1}, set()) == ["дома", "тома"]
    assert choose_suggestions({"дома": 1, "тома": 1}, {"тома"}) == ["тома", "дома"]


def test_at_most_five_suggestions_are_made():
    candidates = list_candidates("кжт", VOCABULARY)
    assert len(candidates) > 5
    assert len(choose_suggestions(candidates, set())) == 5


@pytest.mark.parametrize("letter", ["ы", "-", "ё", "с", "\u0301", "\u200f", "ыы-"])
def test_a_word_of_one_sign_repeated_takes_no_time(letter):
    start = time.perf_counter()
    word = clean("щ" + letter * 39)
    if not is_correct(word, VOCABULARY):
        list_candidates(word, VOCABULARY)
    assert time.perf_counter() - start < 0.5
