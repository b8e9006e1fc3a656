"""What in a text looks like somebody's personal data: shown to its author, who decides.

Names of people need their consent; 152-ФЗ, статья 6. A guess by form: a first name with a
patronymic, a surname with initials, a surname beside a common first name or after the word for
somebody's work. Initials apart, a name in capitals counts as well.
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
    Абдул Азамат Азат Айдар Айрат Алмаз Амир Анвар Арман Арсен Артур Ахмед Аслан Бахтиёр Бахтияр
    Булат Дамир Данис Заур Зелимхан Ибрагим Ильдар Ильнар Ильшат Имран Искандер Камил Карим Магомед
    Мансур Марат Мурад Мухаммад Мухаммед Нурлан Рамзан Рамил Рафаэл Ренат Ринат Рустам Рустем
    Салават Самат Султан Тагир Фарид Фархад Хасан Шамил Эльдар Эмил Юсуф
    Аид Айгул Айш Али Алс Амин Асел Гузел Гульнар Дилноз Динар Залин Зарин Земфир Зухр Лейл Лейсан
    Луиз Мадин Малик Нигор Патимат Регин Резед Сабин Самир Фатим Чулпан Эльвир Эльмир Эльз
"""  # without their endings
ENDING = r"(?:а|я|у|ю|ы|и|е|ей|ем|ой|ом|й|ь|ья|ью)?"
FIRST_NAME = rf"(?:{'|'.join(sorted(NAMES.split(), key=len, reverse=True))}){ENDING}"
SURNAME_ENDING = r"(?:[оеё]в|[иы]н|ко|ук|юк|их|ых)(?:а|у|ым|ой|е)?|[сц]к(?:ий|ая|ого|ому|ой|им)"
SURNAME = rf"[А-ЯЁ][а-яё]+(?:{SURNAME_ENDING})"
WORK = """
    учител преподавател педагог мастер директор завуч завхоз куратор руководител воспитател тренер
    комендант психолог охранник вахтёр вахтер
"""
AT_WORK = rf"(?i:{'|'.join(WORK.split())})[а-яё]{{0,6}}(?:\s[а-яё]+)?"
KNOWN = rf"(?:{FIRST_NAME}\s(?:{PATRONYMIC}|{SURNAME})|{SURNAME}\s{FIRST_NAME})\b"
# Three pairs of digits may be a day, and a room or a group may have such a number.
ROOMS = ("кабинет", "кабинете", "каб.", "аудитория", "аудитории", "ауд.", "группа", "группе", "№")
NO_ROOM = "".join(rf"(?<!(?i:{re.escape(word)})\s)" for word in ROOMS)
NO_DAY = r"(?!(?:[0-2]\d|3[01])-(?:0\d|1[0-2])-\d\d(?![\d-]))"

KINDS = {
    "почта": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    "телефон": re.compile(
        r"(?<![\d-])(?:\+?7|8)[\s(-]{0,2}\d{3,4}\)?[\s-]?\d{2,3}[\s-]?\d{2}[\s-]?\d{2}(?![\d-])"
        rf"|(?<![\d-])(?:9\d{{9}}|{NO_ROOM}{NO_DAY}\d{{2,3}}-\d{{2}}-\d{{2}})(?![\d-])"
    ),
    "страница в сети": re.compile(
        r"(?<![\w@.])@[A-Za-z]\w{3,31}\b|\b(?:vk\.com|vk\.ru|t\.me)/[\w.]{2,64}", re.IGNORECASE
    ),
    "документ": re.compile(r"\b\d{3}-\d{3}-\d{3}[\s-]\d{2}\b|\b\d{2}\s?\d{2}\s\d{6}\b"),
    "имя": re.compile(
        rf"\b(?:(?:{SURNAME}\s)?{CAPITALISED}\s{PATRONYMIC}(?:\s{SURNAME})?\b"
        rf"|{CAPITALISED}\s{INITIALS}|{INITIALS}\s?{CAPITALISED}"
        rf"|{KNOWN}|{AT_WORK}\s{SURNAME}\b(?!\s(?:{FIRST_NAME}\b|[А-ЯЁ]\.)))"
    ),
}
SHOUTED = re.compile(r"\b[А-ЯЁ]{3,}(?:[\s-][А-ЯЁ]{3,})+\b")
MOST_SHOWN = 10


def personal_data(text):
    """Pairs of a kind and the words that look like it, in the order of the text, each once."""
    found = {}
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(text):
            found.setdefault(" ".join(match[0].split()), (match.start(), kind))
    for start, words in shouted_names(text):
        found.setdefault(words, (start, "имя"))
    in_order = sorted((start, kind, words) for words, (start, kind) in found.items())
    return [(kind, words) for _, kind, words in in_order][:MOST_SHOWN]


def shouted_names(text):
    """Pairs of a place and a name written in capitals; of such words only known names are one."""
    for run in SHOUTED.finditer(text):
        for match in re.finditer(KNOWN, run[0].title()):
            yield run.start() + match.start(), " ".join(run[0][slice(*match.span())].split())
