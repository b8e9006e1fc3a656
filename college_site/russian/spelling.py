"""Russian words that the dictionary does not contain, and the words that they may be misprints of.

A word counts as written correctly if somebody could have meant it: the check is to find misprints
without doubting names, abbreviations and compounds.
"""

import re
import unicodedata
from itertools import pairwise

from college_site.russian.folding import IS_INVISIBLE, MARK, TO_CYRILLIC
from college_site.russian.keyboard import are_neighbours
from college_site.russian.morphology import (
    is_known,
    is_name,
    is_rare,
    is_short_participle,
    list_lemmas,
)
from college_site.russian.words import LONGEST

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
VOWELS = set("аеёиоуыэюя")
SOUND_ALIKE = {frozenset(pair) for pair in ("бп", "вф", "гк", "дт", "жш", "зс", "ьъ", "шщ")}
ONE_LETTER_WORDS = set("авикосуя")
LONGEST_ABBREVIATION = 6
MOST_CANDIDATES = 20
MOST_SUGGESTIONS = 5
CYRILLIC, LATIN, DIGIT = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-z]"), re.compile(r"\d")
INNER_CAPITAL = re.compile("[а-яё][А-ЯЁ]")
PASSIVE = re.compile(r"(?:был[аои]?|буд[еу]т)\s+(?P<word>[а-яё]+нн[аоы])", re.IGNORECASE)
# First parts of compounds in one word, which no dictionary lists with all their second parts.
PREFIXES = tuple(
    """
    авиа авто аудио био веб вело видео гео гидро гос демо евро интернет кибер кино макро мед
    медиа мега микро мини мото метод мульти нано нац нейро онлайн пед проф радио соц спец спорт
    студ супер теле техно турбо фото экс эко электро энерго этно
    """.split()
)
ENDINGS = ("ый", "ий", "ой", "а", "ия", "ика", "ный", "ский", "ческий")  # «физико-» of «физика»


def clean(text):
    """The word or words without stress marks, soft hyphens and other invisible characters."""
    text = IS_INVISIBLE.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", MARK.sub(lambda match: match[1] or "", text))


def is_correct(word, vocabulary):
    """Whether a clean word is in the dictionary or in `vocabulary`, or can be a name or the like.

    `vocabulary` is a set of lower-case words and lemmas without «ё».
    """
    if len(word) > LONGEST or DIGIT.search(word) or not CYRILLIC.search(word):
        return True
    if PASSIVE.fullmatch(word):
        return not find_participle(word)
    if is_single_correct(word, vocabulary):
        return True
    *first, last = word.split("-")
    parts_are = (is_single_correct(part, vocabulary) or is_first_part(part) for part in first)
    return bool(first) and all(parts_are) and is_single_correct(last, vocabulary)


def is_single_correct(word, vocabulary):
    lower = word.lower()
    if LATIN.search(word):
        return not CYRILLIC.search(word)
    if len(lower) < 2 or is_abbreviation(word) or is_known(lower):
        return True
    if lower.replace("ё", "е") in vocabulary or not vocabulary.isdisjoint(list_lemmas(lower)):
        return True
    return (word[0].isupper() and is_name(lower)) or is_compound(lower)


def is_abbreviation(word):
    return (word.isupper() and len(word) <= LONGEST_ABBREVIATION) or bool(
        INNER_CAPITAL.search(word)
    )


def is_first_part(part):
    lower = part.lower()
    stem = lower[:-1]
    is_stem = lower[-1:] in ("о", "е") and any(is_known(stem + ending) for ending in ENDINGS)
    return lower in PREFIXES or (len(stem) > 2 and is_stem)


def is_compound(word):
    rests = (word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix))
    return any(len(rest) > 3 and is_known(rest) for rest in rests)


def find_participle(phrase):
    """«была организована» for «была организованна»; "" if the long form can be right."""
    match = PASSIVE.fullmatch(phrase)
    word = match["word"]
    shorter = word[:-2] + word[-1]
    return phrase[: match.start("word")] + shorter if is_short_participle(shorter.lower()) else ""


# Suggestions --------------------------------------------------------------------------------------


def list_candidates(word, vocabulary):
    """{correct word or words: how unlikely the misprint is} for an incorrect clean word."""
    if PASSIVE.fullmatch(word):
        return {find_participle(word): 0}
    if LATIN.search(word):
        cyrillic = word.translate(TO_CYRILLIC)
        is_whole = not LATIN.search(cyrillic)
        return {cyrillic: 0} if is_whole and is_correct(cyrillic, vocabulary) else {}
    parts = word.split("-")
    doubtful = [place for place, part in enumerate(parts) if not is_correct(part, vocabulary)]
    if len(doubtful) != 1:
        return {}
    place = doubtful[0]
    near = list_near(parts[place].lower(), vocabulary)
    likeliest = sorted(near, key=near.get)[:MOST_CANDIDATES]
    return {
        "-".join([*parts[:place], restore_case(parts[place], new), *parts[place + 1 :]]): near[new]
        for new in likeliest
    }


def list_near(word, vocabulary):
    near = {}
    for candidate, rank in list_edits(word):
        if near.get(candidate, 99) > rank and candidate != word:
            plain = candidate.replace("ё", "е")
            if plain in vocabulary or is_known(candidate):
                near[candidate] = rank + 4 * (plain not in vocabulary and is_rare(candidate))
    return near | {f"{left} {right}": 2 for left, right in list_splits(word)}


def list_edits(word):
    """(word at one typing error, how unlikely it is), from 0 to 3."""
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        before, after = left[-1:], right[:1]
        for letter in LETTERS:
            yield left + letter + right, 0 if letter in (before, after) else 2
        if not right:
            continue
        yield left + right[1:], 0 if after == before else 2
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:], 0
        for letter in LETTERS:
            yield left + letter + right[1:], rank_replacement(after, letter)
    yield from ((moved, 0) for moved in move_doubling(word))


def rank_replacement(old, new):
    if {old, new} <= VOWELS or {old, new} in SOUND_ALIKE:
        return 0
    return 1 if are_neighbours(old, new) else 3


def move_doubling(word):
    """The word with another doubled letter instead of its own: «дисскусия», «дискуссия»."""
    doubled = [place for place, (one, next_one) in enumerate(pairwise(word)) if one == next_one]
    for place in doubled:
        single = word[:place] + word[place + 1 :]
        for other, letter in enumerate(single):
            if letter not in VOWELS:
                yield single[:other] + letter + single[other:]


def list_splits(word):
    """Two words that were written as one: «вколледже»."""
    for place in range(1, len(word)):
        left, right = word[:place], word[place:]
        is_word = left in ONE_LETTER_WORDS if place == 1 else place > 1 and is_known(left)
        if is_word and len(right) > 2 and is_known(right) and not is_rare(left):
            yield left, right


def restore_case(word, new):
    if word.isupper():
        return new.upper()
    return new[0].upper() + new[1:] if word[0].isupper() else new


def choose_suggestions(candidates, frequent):
    """The likeliest of `candidates`, those among the words of `frequent` before others."""

    def unlikelihood(candidate):
        is_used = candidate.lower().replace("ё", "е") in frequent
        return candidates[candidate] - 2 * is_used, candidate

    return sorted(candidates, key=unlikelihood)[:MOST_SUGGESTIONS]
