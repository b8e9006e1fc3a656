"""Conversion between the Latin and Russian keyboard layouts."""

import re

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,." + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю" + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
LATIN_LETTER, CYRILLIC_LETTER = re.compile("[A-Za-z]"), re.compile("[А-яЁё]")


def swap_layout(text):
    """The text typed with the same keys in the other layout, or "".

    Latin words become Cyrillic, even next to Cyrillic ones; a text without Latin letters becomes
    Latin. The result is "" without letters, or if all Latin letters are in words of mixed letters.
    """
    words = text.split(" ")
    if any(map(is_latin, words)):
        return " ".join(word.translate(TO_CYRILLIC) if is_latin(word) else word for word in words)
    is_cyrillic = CYRILLIC_LETTER.search(text) and not LATIN_LETTER.search(text)
    return text.translate(TO_LATIN) if is_cyrillic else ""


def is_latin(text):
    return bool(LATIN_LETTER.search(text)) and not CYRILLIC_LETTER.search(text)
