"""The generated preview image of a post without a photograph."""

import io

import pytest
from PIL import Image

from news.photos.social_image_drawing import (
    HEADLINE_BOX,
    MARGIN,
    SIZE,
    draw_card,
    first_letter,
    fit_line,
    fit_title,
    fits,
    remove_missing_glyphs,
)
from tests import factories

pytestmark = pytest.mark.django_db


def draw(client, post):
    answer = client.get(f"/cards/{post.slug}.png")
    assert answer.headers["Content-Type"] == "image/png"
    image = Image.open(io.BytesIO(answer.content))
    image.load()
    return image


def test_a_card_is_a_png_of_1200_by_630_pixels(client):
    image = draw(client, factories.post())
    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_different_titles_give_different_cards(client):
    first, second = factories.post(title="Первая"), factories.post(title="Вторая")
    assert draw(client, first).tobytes() != draw(client, second).tobytes()


@pytest.mark.parametrize("post", [{"published_at": None}, {"published_at": "2100-01-01T00:00Z"}])
def test_an_unpublished_post_has_no_card(client, post):
    assert client.get(f"/cards/{factories.post(**post).slug}.png").status_code == 404


@pytest.mark.parametrize(
    "title", ["Коротко", "Сверхдлинноеслово" * 15, "Слово " * 41, "Ж" * 250, "\x0b", "a\nb"]
)
def test_any_title_fits_its_box(title):
    size, lines = fit_title(title)
    assert all(fits(line, size, HEADLINE_BOX[0]) for line in lines)
    assert len(lines) * size <= HEADLINE_BOX[1]


def test_a_title_that_is_too_long_is_cut_between_words():
    _, lines = fit_title("Механизмы взаимодействия образования " * 7)
    assert lines[-1].endswith("…")
    words = {"Механизмы", "взаимодействия", "образования"}
    assert set(" ".join(lines).rstrip("…").split()) <= words


def test_a_short_title_is_larger_than_a_long_one():
    assert fit_title("Приём")[0] > fit_title("Приём документов " * 9)[0]


def test_a_line_that_fits_is_not_cut():
    assert fit_line("Техникум  имени\nучёного", 30) == "Техникум имени учёного"


def test_characters_missing_from_the_font_are_removed_or_replaced():
    assert remove_missing_glyphs("День 😀знаний 漢\ufe0f и\u0306") == "День знаний  й"
    assert remove_missing_glyphs("Ростов\u2011на\u2011Дону — «№ 5»…") == "Ростов-на-Дону — «№ 5»…"


def mark(name):
    """The square with the initial of the college on a preview image."""
    image = Image.open(io.BytesIO(draw_card("Тема", "", name)))
    return image.crop((MARGIN, 530, MARGIN + 60, 590)).tobytes()


def test_the_mark_shows_the_initial_of_the_college():
    assert mark("«Балаковский» техникум") == mark("балаковский колледж")
    assert mark("Балаково") != mark("Саратов")


def test_a_name_without_letters_has_an_empty_mark():
    assert first_letter("2026") == ""
    assert mark("2026") == mark("") != mark("Балаково")


def test_any_published_post_can_be_drawn(client):
    image = draw(client, factories.announcement(title="\u0416" * 250))
    assert image.size == SIZE
