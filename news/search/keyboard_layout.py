"""The two layouts of a Russian keyboard."""

import re

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,." + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю" + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
LATIN_LETTER, CYRILLIC_LETTER = re.compile("[A-Za-z]"), re.compile("[А-яЁё]")


def swap_layout(text):
    """What the same keys type in the other layout; "" for a text that mixes letters in its words.

    Latin words become Cyrillic, whatever is beside them; a text without any becomes Latin.
    """
    words = text.split(" ")
    if any(map(is_latin, words)):
        return " ".join(word.translate(TO_CYRILLIC) if is_latin(word) else word for word in words)
    is_cyrillic = CYRILLIC_LETTER.search(text) and not LATIN_LETTER.search(text)
    return text.translate(TO_LATIN) if is_cyrillic else ""


def is_latin(text):
    return bool(LATIN_LETTER.search(text)) and not CYRILLIC_LETTER.search(text)
