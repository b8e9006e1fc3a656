"""The snippet of a text around its matches."""

import pytest

from news.models import Post
from news.search.highlighting import extract_snippet, find_matches
from news.search.query import Query


@pytest.mark.parametrize(
    ("lead", "body", "shown"),
    [
        ("", "<h2>Сначала — безопасность</h2><p>В первые дни.</p>", "безопасность · В первые дни."),
        ("Без точки", "<p>Текст.</p>", "Без точки · Текст."),
        ("Цех < 5 & > 3.", "<p>Да!</p><p><strong>Нет</strong></p>", "Цех < 5 & > 3. Да! Нет"),
        ("", "<ul><li><p><b>Раз</b></p></li><li><p>Два;</p></li></ul>", "Раз · Два;"),
        ("", "<table><tr><td>Пн</td><td>15:00</td></tr></table>", "Пн · 15:00"),
        ("", "", ""),
    ],
)
def test_blocks_without_final_punctuation_are_separated_by_a_dot(lead, body, shown):
    pieces = extract_snippet(Post(lead=lead, body=body), [])
    assert "".join(piece.text for piece in pieces).endswith(shown)


def test_only_the_beginning_of_a_long_text_is_searched_for_matches(monkeypatch):
    monkeypatch.setattr("news.search.highlighting.LONGEST", 300)
    body = f"<p>{'Текст. ' * 60}станок</p>"
    pieces = extract_snippet(Post(body=body), Query("станок").terms)
    assert not any(piece.is_match for piece in pieces)


def test_a_limited_number_of_matches_is_found(monkeypatch):
    monkeypatch.setattr("news.search.highlighting.MAX_MATCHES", 3)
    assert len(find_matches("станок " * 9, Query("станок").terms)) == 3


def test_a_comparison_in_the_lead_is_no_markup():
    pieces = extract_snippet(Post(lead="Если a<b и b>c, то a<c."), [])
    assert "".join(piece.text for piece in pieces) == "Если a<b и b>c, то a<c."
