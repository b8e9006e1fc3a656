"""Finds possible personal data in a text and leaves the decision to its author.

Names of people need their consent; 152-ФЗ, статья 6. The rules are heuristic: a first name with a
patronymic, a surname with initials, a surname next to a first name or after a job title. Names in
capital letters are found as well, unless they have initials.
"""

import re

from college_site.russian.folding import fold
from college_site.russian.morphology import is_first_name, is_known, is_name
from college_site.russian.words import fold_word

CAPITALISED = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:[ое]вич|[ое]вн|ич(?:н|ичн)|инич(?:н)?|ьич)(?:а|у|ем|ом|е|ой|ы)?"
INITIALS = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
SURNAME_ENDING = r"(?:[оеё]в|[иы]н|ко|ук|юк|их|ых)(?:а|у|ым|ой|е)?|[сц]к(?:ий|ая|ого|ому|ой|им)"
SURNAME = rf"[А-ЯЁ][а-яё]+(?:{SURNAME_ENDING})"
WORK = """
    учител преподавател педагог мастер директор завуч завхоз куратор руководител воспитател тренер
    комендант психолог охранник вахтёр вахтер
"""  # without their endings
FORMAL_NAME = re.compile(
    rf"\b(?:(?:{SURNAME}\s)?{CAPITALISED}\s{PATRONYMIC}(?:\s{SURNAME})?\b"
    rf"|{CAPITALISED}\s{INITIALS}|{INITIALS}\s?{CAPITALISED})"
)
PAIR = re.compile(rf"\b(?=({CAPITALISED})\s({CAPITALISED})\b)")  # pairs may overlap
NAME_AT_WORK = re.compile(
    rf"\b(?i:{'|'.join(WORK.split())})[а-яё]{{0,6}}(?:\s[а-яё]+)?\s{SURNAME}\b"
)
UPPERCASE_WORDS = re.compile(r"\b[А-ЯЁ]{3,}(?:[\s-][А-ЯЁ]{3,})+\b")
# Three pairs of digits may also be a date or the number of a room or group.
ROOMS = ("кабинет", "кабинете", "каб.", "аудитория", "аудитории", "ауд.", "группа", "группе", "№")
NO_ROOM = "".join(rf"(?<!(?i:{re.escape(word)})\s)" for word in ROOMS)
NO_DAY = r"(?!(?:[0-2]\d|3[01])-(?:0\d|1[0-2])-\d\d(?!-?\d))"
NO_DIGIT_BEFORE, NO_DIGIT = r"(?<!\d)(?<!\d-)", r"(?!-?\d)"
GAP = r"[\s().-]{0,3}"

KINDS = {
    "почта": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    "телефон": re.compile(
        rf"{NO_DIGIT_BEFORE}(?:\+?7|8){GAP}(?:\d{{3,4}}{GAP}\d{{2,3}}|\d{{5}}{GAP}\d{{1,2}})"
        rf"{GAP}\d{{2,3}}{GAP}\d{{2}}{NO_DIGIT}"
        rf"|{NO_DIGIT_BEFORE}(?:9\d{{9}}|{NO_ROOM}{NO_DAY}\d{{2,3}}-\d{{2}}-\d{{2}}){NO_DIGIT}"
    ),
    "страница в сети": re.compile(
        r"(?<![\w@.])@[A-Za-z]\w{3,31}\b|\b(?:vk\.com|vk\.ru|t\.me)/[\w.]{2,64}", re.IGNORECASE
    ),
    "документ": re.compile(r"\b\d{3}-\d{3}-\d{3}[\s-]\d{2}\b|\b\d{2}\s?\d{2}\s\d{6}\b"),
}
MAX_SHOWN = 10


def find_personal_data(text):
    """Pairs of a kind and the matching words, folded, in their order without repeats."""
    text = fold(text)
    spans = [
        *((*match.span(), kind) for kind, rule in KINDS.items() for match in rule.finditer(text)),
        *((*span, "имя") for span in [*find_names(text), *find_uppercase_names(text)]),
    ]
    found = ((kind, " ".join(text[start:end].split())) for start, end, kind in sorted(spans))
    return list(dict.fromkeys(found))[:MAX_SHOWN]


def find_names(text):
    """The spans of names; of two that overlap, the one by the more reliable rule."""
    spans = [match.span() for match in FORMAL_NAME.finditer(text)]
    for span in [*find_pairs(text), *(match.span() for match in NAME_AT_WORK.finditer(text))]:
        if not any(start < span[1] and span[0] < end for start, end in spans):
            spans.append(span)
    return spans


def find_uppercase_names(text):
    """The spans of names in capital letters, without those that contain an ordinary word.

    All capitals do not distinguish names from other words: «НЕТ СВЕТА КОРПУСОВ» is about light.
    """
    for run in UPPERCASE_WORDS.finditer(text):
        for start, end in find_pairs(run[0].title()):
            words = map(fold_word, run[0][start:end].split())
            if all(is_name(word) or not is_known(word) for word in words):
                yield run.start() + start, run.start() + end


def find_pairs(text):
    """The spans of a first name with a surname or patronymic, in either order."""
    for match in PAIR.finditer(text):
        if is_full_name(*match.groups()) or is_full_name(*reversed(match.groups())):
            yield match.start(1), match.end(2)


def is_full_name(first, last):
    """Whether two words look like a first name and a surname or patronymic."""
    return is_first_name(fold_word(first)) and bool(re.fullmatch(rf"{SURNAME}|{PATRONYMIC}", last))
