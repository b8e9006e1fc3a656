"""Transliterated slugs."""

import re
from pathlib import Path

import django
import pytest

from college_site.russian.slugs import LETTERS, make_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Круглый стол", "kruglyj-stol"),
        ("Объявление: щётка, ёлка и юла!", "obyavlenie-shyotka-yolka-i-yula"),
        ("ИТ-решения «1С:Предприятие»", "it-resheniya-1spredpriyatie"),
        ("WorldSkills Russia — 2022", "worldskills-russia-2022"),
        ("  пробелы  ", "probely"),
        ("24.02.2022", "24022022"),
        ("", ""),
        ("!!!", ""),
        ("ъь", ""),
    ],
)
def test_a_title_becomes_a_slug(title, slug):
    assert make_slug(title) == slug


def test_every_russian_letter_has_a_transliteration():
    assert set(LETTERS) == set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def test_the_transliteration_matches_that_of_the_django_admin():
    script = Path(django.__file__).parent / "contrib/admin/static/admin/js/urlify.js"
    table = re.search(r"RUSSIAN_MAP = \{(.*?)\}", script.read_text(encoding="utf-8"), re.DOTALL)[1]
    pairs = dict(re.findall(r"'(.)':\s*'(.*?)'", table))
    assert {letter: pairs[letter] for letter in LETTERS} == LETTERS


def test_a_long_title_is_cut_between_words():
    assert make_slug("слово " * 20, max_length=20) == "slovo-slovo-slovo"


def test_a_word_that_just_fits_is_not_cut():
    assert make_slug("слово слово", max_length=11) == "slovo-slovo"


def test_a_single_long_word_is_cut():
    assert make_slug("я" * 100, max_length=21) == "ya" * 10 + "y"


def test_a_cut_that_falls_between_words_keeps_both():
    assert make_slug("слово " * 3, max_length=11) == "slovo-slovo"
