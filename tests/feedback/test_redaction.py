"""Words that may reveal a person are found where they stand and replaced by what they were."""

import pytest

from feedback.moderation.redaction import explain, find_revealing, redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Спросите Анну Петровну.", "Спросите [имя]."),
        ("Звоните +7 927 123-45-67 днём.", "Звоните [телефон] днём."),
        ("Пишите на a.b@example.ru.", "Пишите на [почта]."),
        ("Мы из ТМ-21, нам холодно.", "Мы из [группа], нам холодно."),
        ("Вся группа 2-ИС опоздала.", "Вся [группа] опоздала."),
        ("В группе № 14 нет мела.", "В [группа] нет мела."),
        ("У 21-ТМ нет раздевалки.", "У [группа] нет раздевалки."),
        ("Вот vk.com/id1234", "Вот [страница в сети]"),
        ("Ан\u00adна Пет\u200bровна — молодец.", "[имя] — молодец."),
        ("Иванов И. И. и Петров П. П.", "[имя] и [имя]"),
        ("Откройте окно — душно…", "Откройте окно — душно…"),
    ],
)
def test_what_reveals_a_person_is_replaced_by_a_mark(text, redacted):
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "По закону 59-ФЗ ответ дают за 30 дней.",
        "Группа студентов просит открыть зал.",
        "Группы опаздывают, группа мала.",
        "Кабинет 214, второй этаж.",
        "",
    ],
)
def test_ordinary_words_stay(text):
    assert redact(text) == text


def test_only_the_chosen_words_are_replaced_everywhere():
    text = "Анна Петровна и Иван Петрович. Анна Петровна права."
    assert redact(text, {"Анна Петровна"}) == "[имя] и Иван Петрович. [имя] права."


def test_findings_tell_where_the_words_stand():
    text = "Зовут Анна Петровна, почта a@example.ru"
    found = find_revealing(text)
    assert [text[each.start : each.end] for each in found] == ["Анна Петровна", "a@example.ru"]
    assert [each.kind for each in found] == ["имя", "почта"]


def test_redacting_twice_changes_nothing_more():
    once = redact("Анна Петровна, ТМ-21, 8 927 123-45-67")
    assert redact(once) == once
    assert find_revealing(once) == []


def test_the_author_is_told_what_was_closed_and_why():
    text = redact("Анна Петровна из ТМ-21")
    assert explain(text) == "закрыты имена, номера групп, чтобы никого нельзя было узнать."
    assert explain("Ничего.") == ""
