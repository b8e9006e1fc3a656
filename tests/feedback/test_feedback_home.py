"""The start page of «Решаем вместе»."""

import pytest

from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db
URL = "/feedback/"


def page(client):
    return flat(client.get(URL).content.decode().replace("\u00a0", " "))


def test_the_page_shows_the_colleges_heading_and_invitation(client, read_page):
    factories.college(feedback_heading="Пишите нам", feedback_invitation="Ждём идей.")
    root = read_page(client.get(URL)).root
    assert next(root.all("h1")).text() == "Пишите нам"
    assert "Ждём идей." in root.text()


def test_the_page_links_the_form(client):
    assert 'href="/feedback/new/"' in page(client)


def test_the_page_lists_every_way_to_make_a_formal_appeal(client):
    factories.college(appeal_url="https://pos.example.ru/")
    text = page(client)
    assert 'href="https://pos.example.ru/"' in text
    assert "письмом: 410000, Саратовская обл., г. Саратов, ул. Учебная, д. 1" in text
    assert 'лично, телефон <a href="tel:+78452112233">8 (8452) 11-22-33</a>' in text


def test_missing_contacts_are_left_out(client, read_page):
    """The row of contacts may be empty."""
    response = client.get(URL)
    text = read_page(response).root.text()
    assert "Госуслуг" not in text
    assert "письмом по почте" in text
    assert "телефон" not in text


def test_the_page_states_the_deadline_for_an_answer(client):
    assert "За 30 дней или раньше" in page(client)


def test_the_page_says_that_a_suggestion_is_no_formal_appeal(client):
    text = page(client)
    assert "Предложение&nbsp;— не&nbsp;официальное обращение." in text
    assert "59-ФЗ, статья 6" in text


def test_the_page_links_the_status_form(client):
    assert 'href="/feedback/status/"' in page(client)


@pytest.mark.parametrize("address", ["/", "/news/", "/feedback/status/", "/no-such-page/"])
def test_every_page_links_the_feedback_page(client, address):
    assert 'href="/feedback/"' in client.get(address).content.decode()


def test_an_unchanged_page_is_answered_304(client):
    factories.college()
    etag = client.get(URL).headers["ETag"]
    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 304


def test_posting_to_the_page_is_not_allowed(client):
    assert client.post(URL).status_code == 405


def test_the_form_tells_visitors_while_there_is_no_topic(client):
    closed = "Отправить предложение здесь пока нельзя"
    assert closed in client.get("/feedback/new/").content.decode()
    factories.suggestion_topic()
    assert closed not in client.get("/feedback/new/").content.decode()
