"""The page of one public answer."""

from uuid import uuid4

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_suggestion_and_its_answer_are_read(client):
    publication = factories.publication(
        suggestion=factories.answered(), text="Поставьте\nлавочки.", answer="Поставили две."
    )
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Поставьте\nлавочки." in page
    assert "Поставили две." in page
    assert "Дан ответ" in page


def test_text_is_text(client):
    publication = factories.publication(title="<b>x", text="<script>1", answer="<img>")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "<b>x" not in page
    assert "&lt;script&gt;1" in page


def test_it_leads_to_the_post_that_shows_the_result(client):
    publication = factories.publication(result_post=factories.post(title="Новый двор"))
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Новый двор" in page


def test_a_result_that_is_still_a_draft_is_not_told(client):
    publication = factories.publication(result_post=factories.draft(title="Новый двор"))
    assert "Новый двор" not in client.get(publication.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", ["2026-0", "2026-01", "2026-9999999", "1999-1", "x-1", "2026-7"])
def test_a_number_that_is_none_is_not_found(client, number):
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
def test_the_heading_follows_what_stands_below_it(client, read_page, state, answer, heading):
    suggestion = factories.suggestion(status=state, answer="Автору.")
    publication = factories.publication(suggestion=suggestion, answer=answer)
    page = read_page(client.get(publication.get_absolute_url())).root
    assert [title.text() for title in page.all("h2")][:2] == ["Вы предложили", heading]


def test_an_answer_that_is_still_missing_here_is_not_called_pending(client):
    publication = factories.publication(suggestion=factories.answered(), answer="")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Предложение рассматривают" not in page
    assert "Автору ответили." in page


def test_a_restricted_suggestion_is_not_shown(client):
    publication = factories.publication(suggestion=factories.suggestion(is_restricted=True))
    assert client.get(publication.get_absolute_url()).status_code == 404


def test_a_withdrawn_suggestion_leaves_the_public_at_once(client):
    factories.college()
    suggestion = factories.suggestion(may_publish=True)
    publication = factories.publication(suggestion=suggestion)
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    suggestion.withdraw(uuid4())
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert answer.status_code == 404


def test_a_new_state_shows_at_once(client):
    factories.college()
    publication = factories.publication()
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    publication.suggestion.take_up(factories.staff())
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert "В работе" in answer.content.decode()


def test_what_was_typed_is_typeset(client):
    publication = factories.publication(title="Вход — всем", text="Что — то", answer="Дверь в дом")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "<h1>Вход\u00a0— всем</h1>" in page
    assert "Что\u00a0— то" in page
    assert "Дверь в\u00a0дом" in page
