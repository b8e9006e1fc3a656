"""The words of a Russian text and their stems, which all forms of a word share."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

import snowballstemmer
from django.utils.html import strip_tags

from college_site import irregular_nouns

LETTER = "[0-9A-Za-zÀ-ÖØ-öø-ÿЀ-ҁҊ-ӿ]"
WORD = re.compile(rf"{LETTER}(?:[\u0301\u00ad]?{LETTER})*")  # with stress marks and soft hyphens
LONGEST = 40
# They stand in nearly every text, so they tell none from another.
STOP_WORDS = {
    *("а", "в", "во", "для", "до", "же", "за", "и", "из", "или", "к", "как", "ко", "ли", "на"),
    *("не", "но", "о", "об", "от", "по", "при", "с", "со", "то", "у", "что", "это"),
}
VOWEL, HARD = "[аеиоуыэюя]", "[бвгджзйклмнпрстфхцчшщ]"
# A vowel that comes and goes, and what stands there without it. Every root that ends so is changed,
# whether its vowel ever goes or not: forms of one word can only meet by it, never part.
FLEETING = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (rf"(?<={VOWEL})е(?=[кц]\Z)", "й"),  # «строек» and «стройка»
        (r"(?<=[а-я][бвдзлмнпрст])е(?=к\Z)|(?<=[а-я]л)е(?=ц\Z)", "ь"),  # «огонёк» and «огонька»
        (rf"(?<=[а-я]{HARD})(?:[ое](?=к\Z)|е(?=ц\Z))", ""),  # «станок», «станка»
        # «Окон» and «окна», «костёр» and «костра».
        (rf"(?:(?<={VOWEL}{HARD})|(?<={VOWEL}[а-я]{HARD}))[ое](?=[лнр]\Z)", ""),
    )
]
# Every tag but those that may stand in the middle of a word.
BREAKING_TAG = re.compile(r"<(?!/?(?:strong|em|b|i|a)\b)")


def plain(html):
    """The text of sanitised HTML."""
    return composed(unescape(strip_tags(BREAKING_TAG.sub(" <", html))))


def composed(text):
    """The text with its letters composed and each run of white space as one space."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def folded(word):
    """The word as it is compared: lower case, «ё» as «е», without stress marks, bounded."""
    word = word.lower().replace("ё", "е").replace("\u0301", "").replace("\u00ad", "")
    return word[:LONGEST]


def words(text):
    """The folded words of a text that tell something, in order."""
    found = (folded(match[0]) for match in WORD.finditer(text))
    return [word for word in found if word not in STOP_WORDS]


@lru_cache(maxsize=50_000)
def stem(word):
    """What all forms of a folded word share: no ending, and no vowel that only some forms have."""
    if word in irregular_nouns.STEMS:
        return irregular_nouns.STEMS[word]
    root = beginning(word)
    for vowel, instead in FLEETING:
        root = vowel.sub(instead, root)
    return root


def stems(word):
    """The stem of a folded word and, where that left a vowel out, its beginning as written too.

    An index that holds both finds «станок» by «станки» and by the unfinished «стано».
    """
    return dict.fromkeys([stem(word), beginning(word)])


@lru_cache(maxsize=50_000)
def beginning(word):
    """The word without its endings."""
    # A stemmer keeps what it works on, so each call has its own: threads do not share one.
    return snowballstemmer.stemmer("russian").stemWord(word)
