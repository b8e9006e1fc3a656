"""Public answers for feed readers."""

import feedparser
import pytest

from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/answers/"


def test_the_feed_has_text_answer_and_topic(client):
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


def test_what_is_hidden_is_not_in_the_feed(client):
    factories.publication(published_at=None)
    assert feedparser.parse(client.get(f"{URL}atom.xml").content).entries == []
