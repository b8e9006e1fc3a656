"""The page of a public answer."""

from uuid import uuid4

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_page_shows_suggestion_answer_and_state(client):
    publication = factories.publication(
        suggestion=factories.answered(), text="Поставьте\nлавочки.", answer="Поставили две."
    )
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Поставьте\nлавочки." in page
    assert "Поставили две." in page
    assert "Дан ответ" in page


def test_texts_are_escaped(client):
    publication = factories.publication(title="<b>x", text="<script>1", answer="<img>")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "<b>x" not in page
    assert "&lt;script&gt;1" in page


def test_the_page_links_the_result_post(client):
    publication = factories.publication(result_post=factories.post(title="Новый двор"))
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Новый двор" in page


def test_a_draft_result_post_is_not_shown(client):
    publication = factories.publication(result_post=factories.draft(title="Новый двор"))
    assert "Новый двор" not in client.get(publication.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", ["2026-0", "2026-01", "2026-9999999", "1999-1", "x-1", "2026-7"])
def test_an_invalid_number_is_not_found(client, number):
    assert client.get(f"/feedback/answers/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("state", "answer", "heading"),
    [
        ("answered", "Поставили.", "Мы ответили"),
        ("declined", "Нет места.", "Почему не можем"),
        ("in_progress", "Сначала посчитаем.", "Мы ответили"),
        ("in_progress", "", "Мы отвечаем"),
        ("answered", "", "Мы отвечаем"),
    ],
)
def test_the_answer_heading_depends_on_state_and_answer(client, read_page, state, answer, heading):
    suggestion = factories.suggestion(status=state, answer="Автору.")
    publication = factories.publication(suggestion=suggestion, answer=answer)
    page = read_page(client.get(publication.get_absolute_url())).root
    assert [title.text() for title in page.all("h2")][:2] == ["Вы предложили", heading]


def test_an_unpublished_answer_is_not_called_pending(client):
    publication = factories.publication(suggestion=factories.answered(), answer="")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Предложение рассматривают" not in page
    assert "Автору ответили." in page


def test_a_restricted_suggestion_is_not_found(client):
    publication = factories.publication(suggestion=factories.suggestion(is_restricted=True))
    assert client.get(publication.get_absolute_url()).status_code == 404


def test_a_withdrawn_suggestion_disappears_immediately(client):
    factories.college()
    suggestion = factories.suggestion(may_publish=True)
    publication = factories.publication(suggestion=suggestion)
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    suggestion.withdraw(uuid4())
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert answer.status_code == 404


def test_a_new_state_is_shown_immediately(client):
    factories.college()
    publication = factories.publication()
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    publication.suggestion.take_up(factories.staff())
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert "В работе" in answer.content.decode()


def test_texts_are_typeset(client):
    publication = factories.publication(title="Вход — всем", text="Что — то", answer="Дверь в дом")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "<h1>Вход\u00a0— всем</h1>" in page
    assert "Что\u00a0— то" in page
    assert "Дверь в\u00a0дом" in page
