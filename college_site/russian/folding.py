"""The form in which texts are compared: what a reader sees, however it was typed or pasted.

Every check and every search asks this module, so that one spelling is not found by one of them and
missed by another.
"""

import re
import unicodedata

# Unicode's Default_Ignorable_Code_Point: soft hyphens, joiners, direction marks and the like, and
# the control characters that are no white space.
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
DASHES = (
    "\u02d7\u058a\u05be\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\u2796"
    "\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\ufe58\ufe63\uff0d"
)
LATIN, CYRILLIC = "abcehkmoptxyniu", "авсенкмортхупии"
GREEK, AS_LATIN = "αεικμνορτυχΑΒΕΗΙΚΜΝΟΡΤΥΧ", "aeikmnoptyxABEHIKMNOPTYX"
ONE_WAY = 3  # «и» and «п» of a Latin word are no mistakes for i, u and n

TO_HYPHEN = str.maketrans(DASHES + "\u2800", "-" * len(DASHES) + " ")
TO_CYRILLIC = str.maketrans(LATIN + LATIN.upper(), CYRILLIC + CYRILLIC.upper()) | str.maketrans(
    GREEK, AS_LATIN.translate(str.maketrans(LATIN + LATIN.upper(), CYRILLIC + CYRILLIC.upper()))
)
TO_LATIN = str.maketrans(
    "ёЁ" + CYRILLIC[:-ONE_WAY] + CYRILLIC[:-ONE_WAY].upper(),
    "eE" + LATIN[:-ONE_WAY] + LATIN[:-ONE_WAY].upper(),
)
TO_SKELETON = str.maketrans("ёйς", "еиσ", "№")
IS_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
MARK = re.compile(f"([иИ]\u0306|[еЕ]\u0308)|[{MARKS}]+")  # «й» and «ё» are letters
RUSSIAN, FOREIGN = "А-Яа-яЁё", "A-Za-zΑ-Ωα-ω"
MIXED = re.compile(
    rf"[{FOREIGN}]+[{RUSSIAN}][{RUSSIAN}{FOREIGN}]*|[{RUSSIAN}]+[{FOREIGN}][{RUSSIAN}{FOREIGN}]*"
)
# «Покончить c собой» with a Latin c.
PREPOSITION = re.compile(rf"(?<=[{RUSSIAN}]\s)[acokyABCOKY](?=\s[{RUSSIAN}])")


def fold(text):
    """The text without invisible characters and accents, with one kind of space, dash and letters.

    Letter case and «ё» stay, so it can be shown as a quotation.
    """
    # NFKD would make «№» the word «No».
    text = "№".join(unicodedata.normalize("NFKD", part) for part in text.split("№"))
    text = MARK.sub(lambda match: match[1] or "", IS_INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", text).translate(TO_HYPHEN)
    text = MIXED.sub(lambda match: resolve_look_alikes(match[0]), text)
    return PREPOSITION.sub(lambda match: match[0].translate(TO_CYRILLIC), text)


def fold_case(text):
    """The folded text in lower case, «ё» as «е»: for comparison only."""
    return fold(text).lower().replace("ё", "е")


def make_skeleton(text):
    """What remains of the folded text if alphabets and accents are not told apart.

    A database can compute it, too: college_site.russian.lookups.
    """
    return fold(text).translate(TO_CYRILLIC).lower().translate(TO_SKELETON)


def resolve_look_alikes(word):
    """A word of Cyrillic and other letters in the one alphabet that can have all its shapes.

    If both can, the majority of its letters decides; if none can, it is left alone.
    """
    is_russian = [bool(re.match(f"[{RUSSIAN}]", letter)) for letter in word]
    cyrillic, latin = word.translate(TO_CYRILLIC), word.translate(TO_LATIN)
    can_be_cyrillic = re.fullmatch(f"[{RUSSIAN}]+", cyrillic)
    can_be_latin = re.fullmatch(f"[{FOREIGN}]+", latin)
    if can_be_cyrillic and (not can_be_latin or 2 * sum(is_russian) >= len(word)):
        return cyrillic
    return latin if can_be_latin else word
