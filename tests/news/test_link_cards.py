"""The preview shows the card of a link as VK, MAX and Telegram will, for drafts, too."""

import io

import pytest
from PIL import Image

from news.channels.link_cards import LINE, list_warnings, make_cards
from tests import factories

pytestmark = pytest.mark.django_db
LONG = "Круглый стол с работодателями о трудоустройстве выпускников " * 3


def cards_of(post):
    return {card.messenger: card for card in make_cards(post)}


def page_of(client, post):
    address = f"/admin/news/post/{post.pk}/preview/?shape=cards"
    return client.get(address).content.decode().replace("&nbsp;", " ")


def test_a_short_title_is_shown_whole():
    post = factories.draft(title="Практика", lead="Цех. " * 60)
    cards = cards_of(post)
    assert {card.title for card in cards.values()} == {"Практика"}
    assert cards["VK"].description == ""
    assert len(cards["MAX"].description) <= 2 * LINE
    assert 2 * LINE < len(cards["Telegram"].description) <= 3 * LINE


def test_cards_by_assumption_say_so(staff_client):
    post = factories.draft(title="Практика")
    assert page_of(staff_client, post).count("Где обрежется текст — предположение.") == 2
    assert [card.messenger for card in make_cards(post) if card.is_assumed] == ["VK", "MAX"]


def test_a_title_of_two_lines_leaves_telegram_two_lines_of_the_lead():
    post = factories.draft(title="Слово " * 12, lead="Цех. " * 60)
    assert len(cards_of(post)["Telegram"].description) <= 2 * LINE


def test_a_long_title_is_cut_and_its_author_is_told():
    post = factories.draft(title=LONG.strip())
    card = cards_of(post)["VK"]
    assert card.title.endswith("…")
    assert post.title.startswith(card.title[:-1])
    assert post.title[len(card.title) - 1] == " "
    [warning] = [text for text in list_warnings(post, make_cards(post)) if "длинный" in text]
    assert len(card.title) == 92
    expected = "VK, MAX, Telegram покажут 91\u00a0знак из 179."
    assert warning == f"Заголовок длинный: {expected}"


@pytest.mark.parametrize("title", ["я" * 250, "а" * LINE * 2, "б" * (LINE * 2 + 1)])
def test_a_title_without_spaces_fits_its_lines(title):
    post = factories.draft(title=title)
    assert len(cards_of(post)["VK"].title) <= 2 * LINE


def test_the_card_of_a_draft_shows_its_cover(staff_client):
    photo = factories.photo(post=factories.draft(title="Практика"), is_cover=True)
    page = page_of(staff_client, photo.post)
    assert f'src="{photo.card_url}"' in page
    assert Image.open(io.BytesIO(staff_client.get(photo.card_url).content)).size == (1200, 630)
    assert "Обложки нет" not in page
    assert "testserver" in page
    assert "<iframe" not in page


def test_a_draft_without_a_cover_shows_the_drawn_card(staff_client):
    post = factories.draft(title="Практика", lead="")
    address = f"/admin/news/post/{post.pk}/preview/card.png"
    page = page_of(staff_client, post)
    assert f'src="{address}"' in page
    assert "Обложки нет" in page
    assert "Лида нет" in page
    response = staff_client.get(address)
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert "no-store" in response.headers["Cache-Control"]


def test_markup_in_the_title_stays_text(staff_client):
    post = factories.draft(title="<b>Практика</b> & цех")
    assert "&lt;b&gt;Практика&lt;/b&gt; &amp; цех" in page_of(staff_client, post)


def test_the_cards_say_what_the_page_tells_messengers(staff_client):
    post = factories.post(title="Практика", lead="Третий курс в цехе.")
    public = staff_client.get(post.get_absolute_url()).content.decode()
    for card in make_cards(post):
        assert f'<meta property="og:title" content="{card.title}">' in public
    assert f'content="{cards_of(post)["MAX"].description}"' in public
