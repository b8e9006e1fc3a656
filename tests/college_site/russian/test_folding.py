"""One form for every comparison: what a reader sees, however it was typed or pasted."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from college_site.russian.folding import fold, fold_case, make_skeleton
from feedback.moderation.abuse import letters_of
from feedback.moderation.personal_data import find_personal_data
from feedback.moderation.safeguarding import mentions_harm

HIDDEN = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\ufe0f\ufeff\x08"
)
CHARACTERS = st.one_of(st.characters(), st.sampled_from("асеоЁйтABCEhbcdeё\u0306\u0308—" + HIDDEN))


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("суи\u00adцид", "суицид"),
        ("су\u200bи\u200dц\u2060и\ufeffд", "суицид"),
        ("с\u0336у\u0336и\u0336цид", "суицид"),
        ("су\u0301ицид", "суицид"),
        ("cyицид", "суицид"),
        ("зapeжy", "зарежу"),
        ("СУИЦИД".replace("С", "C"), "СУИЦИД"),
        ("сuицид", "сиицид"),
        ("αлкοголь", "алкоголь"),
        ("Рythоn", "Python"),
        ("Windоws", "Windows"),
        ("ТМ-21", "ТМ-21"),
        ("IT-отдел", "IT-отдел"),
        ("покончить c собой", "покончить с собой"),
        (unicodedata.normalize("NFD", "Ёжик и йод"), "Ёжик и йод"),
        ("8–927—123‑45−67", "8-927-123-45-67"),
        ("8\u00a0927\u2009123\u202f45\u300067", "8 927 123 45 67"),
        ("ｍａｉｌ＠example.ru", "mail@example.ru"),
        ("кабинет № 5", "кабинет № 5"),
        ("м²", "м2"),
    ],
)
def test_a_text_is_folded_to_what_a_reader_sees(typed, seen):
    assert fold(typed) == seen


@given(st.text(CHARACTERS))
@example("µ\u0308\u0451D")
@example("№\u0301")
def test_folding_twice_changes_nothing(text):
    for function in (fold, fold_case, make_skeleton):
        assert function(function(text)) == function(text)


@given(st.characters(codec="utf-8"))
def test_folding_any_character_twice_changes_nothing(character):
    assert fold_case(fold_case(character)) == fold_case(character)


FOUND = [
    "Думаю про суицид",
    "Его избили за углом",
    "Звоните 8-927-123-45-67, Мария Ивановна Петрова",
    "мастер Кузнецов, snils 112-233-445 95, ivan@example.ru",
]


@pytest.mark.parametrize("text", FOUND)
@given(data=st.data())
def test_invisible_characters_change_no_finding(text, data):
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(HIDDEN))))
    hidden = list(text)
    for place, character in sorted(places, reverse=True):
        hidden.insert(place, character)
    hidden = "".join(hidden)
    assert mentions_harm(hidden) == mentions_harm(text)
    assert find_personal_data(hidden) == find_personal_data(text)
    assert letters_of(hidden) == letters_of(text)


# Signs of numbers and verses that are drawn, and hieroglyphs' joiners.
DRAWN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890-\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]"
)


def test_every_format_character_without_a_shape_is_removed():
    formats = [c for c in map(chr, range(sys.maxunicode)) if unicodedata.category(c) == "Cf"]
    assert fold("".join(c for c in formats if not DRAWN.match(c))) == ""
