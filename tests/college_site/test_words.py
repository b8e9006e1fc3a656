"""The stem that all forms of a word share."""

import pytest

from college_site.words import stem, stems


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
        "человек человека",
        "техникум техникума техникумом",
    ],
)
def test_forms_of_a_word_share_its_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("others", ["станок станция", "урок урна", "рынок рыба", "век вечер"])
def test_different_words_keep_apart(others):
    first, *rest = others.split()
    assert stem(first) not in {stem(other) for other in rest}


def test_an_index_holds_the_beginning_as_it_is_written_too():
    assert set(stems("станок")) == {"станк", "станок"}
    assert set(stems("завод")) == {"завод"}
