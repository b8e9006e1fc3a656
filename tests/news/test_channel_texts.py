"""The text of a post for each channel, cut to its limit at the end of a sentence."""

import pytest

from news.channels.texts import CHANNELS, compose, count_units, cut, list_paragraphs
from news.models import Post

URL = "https://college.example/news/kruglyy-stol/"
VK, TELEGRAM_PHOTO = CHANNELS["vk"], CHANNELS["telegram_photo"]
SENTENCE = "Студенты показали станок гостям завода. "


def post(**fields):
    return Post(**{"title": "Круглый стол", "lead": "Коротко.", "body": "", **fields})


def test_a_short_post_is_given_whole_with_its_link():
    text = compose(post(body="<p>Первый.</p><p>Второй.</p>"), VK, URL)
    assert text == f"Круглый стол\n\nКоротко.\n\nПервый.\n\nВторой.\n\nНа сайте: {URL}"


def test_lists_tables_and_line_breaks_stay_readable():
    body = (
        "<h2>Итоги</h2><ul><li><p>Первое</p><ul><li><p>Второе</p></li></ul></li></ul>"
        "<table><tbody><tr><th><p>Группа</p></th><td><p>21-А</p></td></tr></tbody></table>"
        "<blockquote><p>Спасибо!</p></blockquote><p>Строка<br>другая &amp; третья</p>"
    )
    assert list_paragraphs(body) == [
        "Итоги",
        "— Первое\n— Второе",
        "Группа — 21-А",
        "Спасибо!",
        "Строка\nдругая & третья",
    ]


def test_addresses_of_links_are_kept():
    body = (
        '<p>Запись <a href="https://example.ru/a">здесь</a>, <a href="https://b.ru">b.ru</a>.</p>'
    )
    assert list_paragraphs(body) == ["Запись здесь (https://example.ru/a), b.ru."]


def test_marks_of_photographs_leave_no_trace():
    assert list_paragraphs('<p>А.</p><figure data-photo="7"></figure><p>Б.</p>') == ["А.", "Б."]


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=CHANNELS)
def test_a_long_post_fits_and_ends_with_a_whole_sentence(channel):
    text = compose(post(body=f"<p>{SENTENCE * 1000}</p>"), channel, URL)
    assert count_units(text) <= channel.limit
    assert count_units(text) > channel.limit - 150
    assert text.endswith(f"гостям завода.\n\nЧитать полностью: {URL}")


@pytest.mark.parametrize("limit", range(150, 230))
def test_abbreviations_and_dates_do_not_end_a_sentence(limit):
    text = "Приехал И. И. Иванов из г. Балаково 24.02.2022 г. Там выступил. " * 40
    assert cut(text, limit).endswith("выступил.")


def test_a_sentence_longer_than_the_limit_is_cut_after_a_word():
    text = compose(post(title="Т", lead="", body=f"<p>{'слово ' * 500}</p>"), TELEGRAM_PHOTO, URL)
    assert count_units(text) <= TELEGRAM_PHOTO.limit
    assert text.endswith(f"слово…\n\nЧитать полностью: {URL}")


def test_emoji_count_as_two_units_as_the_messengers_count():
    assert count_units("🎓") == 2
    text = compose(post(body=f"<p>{'🎓' * 2000}</p>"), TELEGRAM_PHOTO, URL)
    assert count_units(text) <= TELEGRAM_PHOTO.limit
    assert "\N{REPLACEMENT CHARACTER}" not in text
