"""What in a text looks like somebody's personal data: shown to its author, who decides.

Names of people need their consent; 152-ФЗ, статья 6. A guess by form: a first name with a
patronymic, a surname with initials, a surname beside a common first name.
"""

import re

CAPITALISED = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:[ое]вич|[ое]вн|ич(?:н|ичн)|инич(?:н)?|ьич)(?:а|у|ем|ом|е|ой|ы)?"
INITIALS = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
NAMES = """
    Александр Алексей Алексе Анатоли Андре Антон Артём Артем Борис Вадим Валенти Валери Василий
    Васили Виктор Виталий Витали Владимир Владислав Вячеслав Геннади Георги Григори Даниил Данил
    Денис Дмитри Евгени Егор Иван Игор Иль Кирилл Константин Леонид Максим Матве Михаил Никит
    Никола Олег Павел Павл Пётр Петр Роман Руслан Семён Серге Станислав Степан Тимофе Тимур
    Фёдор Юри Ярослав Вов Дим Лёш Миш Паш Серёж
    Алин Алис Алл Анастаси Ангелин Анн Варвар Вероник Виктори Галин Дарь Диан Екатерин Елен
    Елизавет Ирин Карин Кристин Ксени Ларис Людмил Маргарит Марин Мари Надежд Наталь Натали Нин
    Оксан Ольг Полин Светлан Софи Софь Тамар Татьян Ульян Юли Ян Даш Кат Лен Маш Наст Наташ Ол
    Саш Тан
"""  # without their endings
ENDING = r"(?:а|я|у|ю|ы|и|е|ей|ем|ой|ом|й|ь|ья|ью)?"
FIRST_NAME = rf"(?:{'|'.join(sorted(NAMES.split(), key=len, reverse=True))}){ENDING}"
SURNAME_ENDING = r"(?:[оеё]в|[иы]н|ко|ук|юк|их|ых)(?:а|у|ым|ой|е)?|[сц]к(?:ий|ая|ого|ому|ой|им)"
SURNAME = rf"[А-ЯЁ][а-яё]+(?:{SURNAME_ENDING})"

KINDS = {
    "почта": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    "телефон": re.compile(
        r"(?<![\d-])(?:\+?7|8)[\s(-]{0,2}\d{3,4}\)?[\s-]?\d{2,3}[\s-]?\d{2}[\s-]?\d{2}(?![\d-])"
        r"|(?<![\d-])(?:9\d{9}|\d{2,3}-\d{2}-\d{2})(?![\d-])"
    ),
    "страница в сети": re.compile(
        r"(?<![\w@.])@[A-Za-z]\w{3,31}\b|\b(?:vk\.com|vk\.ru|t\.me)/[\w.]{2,64}", re.IGNORECASE
    ),
    "документ": re.compile(r"\b\d{3}-\d{3}-\d{3}[\s-]\d{2}\b|\b\d{2}\s?\d{2}\s\d{6}\b"),
    "имя": re.compile(
        rf"\b(?:(?:{SURNAME}\s)?{CAPITALISED}\s{PATRONYMIC}(?:\s{SURNAME})?\b"
        rf"|{CAPITALISED}\s{INITIALS}|{INITIALS}\s?{CAPITALISED}"
        rf"|{FIRST_NAME}\s{SURNAME}\b|{SURNAME}\s{FIRST_NAME}\b)"
    ),
}
MOST_SHOWN = 10


def personal_data(text):
    """Pairs of a kind and the words that look like it, in the order of the text, each once."""
    found = {}
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(text):
            found.setdefault(" ".join(match[0].split()), (match.start(), kind))
    in_order = sorted((start, kind, words) for words, (start, kind) in found.items())
    return [(kind, words) for _, kind, words in in_order][:MOST_SHOWN]
