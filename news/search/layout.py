"""Text that was typed with the keyboard in the wrong layout."""

import re

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,." + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю" + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)


def retyped(text):
    """The text as the same keys give it in the other layout; "" where both are mixed or neither."""
    has_latin = bool(re.search("[A-Za-z]", text))
    has_cyrillic = bool(re.search("[А-яЁё]", text))
    if has_latin == has_cyrillic:
        return ""
    return text.translate(TO_CYRILLIC if has_latin else TO_LATIN)
