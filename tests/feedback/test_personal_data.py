"""What in a text is asked about because it looks like personal data."""

import pytest

from feedback.personal_data import MOST_SHOWN, personal_data


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Пишите на a.b@example.ru.", "почта", "a.b@example.ru"),
        ("Звоните 8 (8453) 44-12-34 днём", "телефон", "8 (8453) 44-12-34"),
        ("Мой +7 927 123-45-67", "телефон", "+7 927 123-45-67"),
        ("Мой 89271234567", "телефон", "89271234567"),
        ("Вахта: 44-12-34", "телефон", "44-12-34"),
        ("Спросите Анну Петровну", "имя", "Анну Петровну"),
        ("Ставит двойки Иванов И. И., а зря", "имя", "Иванов И. И."),
        ("И.И. Петров", "имя", "И.И. Петров"),
        ("Преподаватель Иванова Мария", "имя", "Иванова Мария"),
        ("Дима Козлов курит", "имя", "Дима Козлов"),
        ("Пишите @nickname", "страница в сети", "@nickname"),
        ("Вот vk.com/id1234", "страница в сети", "vk.com/id1234"),
        ("СНИЛС 123-456-789 01", "документ", "123-456-789 01"),
    ],
)
def test_personal_data_are_found(text, kind, words):
    assert personal_data(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Поставьте лавочки во дворе.",
        "В 2024-2025 учебном году 8-9 пар в неделю",
        "Площадь Ленина и улица Академика Жука, 54",
        "Саратовская область, Балаково",
        "Столовая работает 09:00-15:30, обед стоит 150-180 рублей",
        "Добрый День, Уважаемая Администрация",
    ],
)
def test_what_names_nobody_is_left_alone(text):
    assert personal_data(text) == []


def test_they_come_in_the_order_of_the_text_and_each_once():
    text = "a@example.ru, Анна Петровна, снова a@example.ru"
    assert personal_data(text) == [("почта", "a@example.ru"), ("имя", "Анна Петровна")]


def test_a_long_list_is_cut():
    text = " ".join(f"a{number}@example.ru" for number in range(50))
    assert len(personal_data(text)) == MOST_SHOWN
