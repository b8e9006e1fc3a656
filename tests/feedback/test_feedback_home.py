"""The start page of «Решаем вместе»: the fork between a suggestion and a formal appeal."""

import pytest

from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db
URL = "/feedback/"


def page(client):
    return flat(client.get(URL).content.decode().replace("\u00a0", " "))


def test_the_page_bears_the_college_words(client, read_page):
    factories.college(feedback_heading="Пишите нам", feedback_invitation="Ждём идей.")
    root = read_page(client.get(URL)).root
    assert next(root.all("h1")).text() == "Пишите нам"
    assert "Ждём идей." in root.text()


def test_one_way_leads_to_the_form(client):
    assert 'href="/feedback/new/"' in page(client)


def test_the_other_leads_to_the_state_form_the_post_and_the_reception(client):
    factories.college(appeal_url="https://pos.example.ru/")
    text = page(client)
    assert 'href="https://pos.example.ru/"' in text
    assert "письмом: 410000, Саратовская обл., г. Саратов, ул. Учебная, д. 1" in text
    assert 'лично, телефон <a href="tel:+78452112233">8 (8452) 11-22-33</a>' in text


def test_what_the_college_has_not_said_is_left_out(client, read_page):
    """The row of contacts may still be empty."""
    response = client.get(URL)
    text = read_page(response).root.text()
    assert "Госуслуг" not in text
    assert "письмом по почте" in text
    assert "телефон" not in text


def test_the_page_says_when_the_answer_comes(client):
    assert "За 30 дней или раньше" in page(client)


def test_the_page_says_what_it_is_not_and_that_nobody_is_persecuted(client):
    text = page(client)
    assert "Предложение&nbsp;— не&nbsp;официальное обращение." in text
    assert "59-ФЗ, статья 6" in text


def test_the_page_leads_on_to_what_was_suggested_before(client):
    assert 'href="/feedback/status/"' in page(client)


@pytest.mark.parametrize("address", ["/", "/news/", "/feedback/status/", "/no-such-page/"])
def test_every_page_leads_here(client, address):
    assert 'href="/feedback/"' in client.get(address).content.decode()


def test_an_unchanged_page_is_not_sent_again(client):
    factories.college()
    etag = client.get(URL).headers["ETag"]
    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 304


def test_the_page_takes_no_form(client):
    assert client.post(URL).status_code == 405
