"""The newest public answer beside the invitation on the home page."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from college_site.registry import registry
from feedback.statistics.calculation import calculate_statistics, usual_answer_days
from tests import factories

pytestmark = pytest.mark.django_db


def published(title, status="answered", **fields):
    source = factories.suggestion(may_publish=True, status=status, answer="Да.")
    return factories.publication(suggestion=source, title=title, **fields)


def answered_after(days, days_ago=40):
    received_at = timezone.now() - datetime.timedelta(days=days_ago)
    suggestion = factories.answered(received_at=received_at)
    suggestion.answered_at = received_at + datetime.timedelta(days=days)
    suggestion.save()


@pytest.fixture
def proof(client, read_page):
    """A function that opens the home page; returns the words of the panel, or None."""

    def read():
        panels = [
            each
            for each in read_page(client.get("/")).root.all("div")
            if each.get("class") == "proof"
        ]
        return " ".join(panels[0].text().split()) if panels else None

    return read


def test_the_newest_answer_stands_on_the_home_page(proof):
    yesterday = timezone.now() - datetime.timedelta(days=1)
    published("Лавочки", published_at=yesterday)
    published("Замены до 16:00", answer="Публикуем до 16:00.")
    assert proof() == "Предложили Замены до 16:00 Ответили Публикуем до 16:00. Все ответы"


def test_the_panel_links_the_answer_and_all_answers(client):
    publication = published("Лавочки")
    page = client.get("/").content.decode()
    assert f'href="{publication.get_absolute_url()}"' in page
    assert 'href="/feedback/answers/"' in page


def test_a_long_answer_is_shortened(proof):
    published("Лавочки", answer="слово " * 100)
    assert proof().count("слово") == 18


def test_the_panel_says_how_many_days_an_answer_takes(proof):
    answered_after(21)
    published("Лавочки")
    assert "Обычно отвечаем за 21 день" in proof()


def test_the_days_are_those_of_the_statistics():
    for days in (2, 5, 30):
        answered_after(days)
    answered_after(1, days_ago=500)
    factories.suggestion()
    assert usual_answer_days() == calculate_statistics().total.median_days == 5


@pytest.mark.parametrize("status", ["declined", "in_progress", "withdrawn"])
def test_only_a_granted_suggestion_is_proof(proof, status):
    published("Лавочки", status=status)
    assert proof() is None


def test_a_suggestion_without_public_answer_is_no_proof(proof):
    published("Лавочки", answer="")
    assert proof() is None


def test_without_answers_there_is_the_invitation_alone(proof, client):
    factories.publication(published_at=None)
    assert proof() is None
    assert "Написать предложение" in client.get("/").content.decode()


def test_the_page_changes_at_the_moment_of_publication(client):
    factories.college()
    moment = timezone.now() + datetime.timedelta(hours=1)
    published("Лавочки", published_at=moment)
    etag = client.get("/").headers["ETag"]
    assert client.get("/", HTTP_IF_NONE_MATCH=etag).status_code == 304
    with time_machine.travel(moment + datetime.timedelta(seconds=1), tick=False):
        response = client.get("/", HTTP_IF_NONE_MATCH=etag)
    assert response.status_code == 200
    assert "Лавочки" in response.content.decode()


def test_the_home_page_without_other_apps_shows_the_invitation(client, monkeypatch):
    monkeypatch.setattr(registry, "home_panels", [])
    published("Лавочки")
    page = client.get("/").content.decode()
    assert "Лавочки" not in page
    assert "Написать предложение" in page
