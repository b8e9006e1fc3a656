"""The feed of public answers."""

import feedparser
import pytest
import time_machine

from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/answers/"


def test_a_feed_entry_contains_text_answer_and_topic(client):
    factories.college()
    publication = factories.publication(title="Лавочки", text="Текст <b>", answer="Ответ")
    feed = feedparser.parse(client.get(f"{URL}atom.xml").content)
    assert not feed.bozo
    entry = feed.entries[0]
    assert entry.title == "Лавочки"
    assert "Текст &lt;b&gt;" in entry.summary
    assert "Ответ" in entry.summary
    assert entry.tags[0].term == publication.suggestion.topic.title
    assert entry.link.endswith(publication.get_absolute_url())


def test_editing_an_answer_updates_its_feed_entry(client):
    factories.college()
    with time_machine.travel("2026-03-01 12:00+04:00", tick=False):
        publication = factories.publication()
    with time_machine.travel("2026-03-05 12:00+04:00", tick=False):
        publication.answer = "Поставили ещё три."
        publication.save()
    entry = feedparser.parse(client.get(f"{URL}atom.xml").content).entries[0]
    assert entry.published == "2026-03-01T12:00:00+04:00"
    assert entry.updated == "2026-03-05T12:00:00+04:00"


def test_an_unpublished_answer_is_not_in_the_feed(client):
    factories.publication(published_at=None)
    assert feedparser.parse(client.get(f"{URL}atom.xml").content).entries == []


def test_the_feed_contains_the_newest_answers_up_to_a_limit(client, monkeypatch):
    monkeypatch.setattr("feedback.public_answers.feeds.SIZE", 2)
    factories.college()
    for title in ("Первый", "Второй", "Третий"):
        factories.publication(title=title)
    feed = feedparser.parse(client.get(f"{URL}atom.xml").content)
    assert [entry.title for entry in feed.entries] == ["Третий", "Второй"]
