"""Feeds of one topic."""

import feedparser
import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(db):
    factories.college()
    topic = factories.topic(slug="svarka", title="Сварка")
    factories.post(topic=topic, title="Своя")
    factories.post(title="Чужая")
    return topic


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_it_holds_the_posts_of_its_topic(client, topic, name):
    feed = feedparser.parse(client.get(f"/topics/svarka/{name}").content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Своя"]
    assert feed.feed.title == "Сварка: Учебный техникум"


def test_the_json_feed_does_so_too(client, topic):
    feed = client.get("/topics/svarka/feed.json").json()
    assert [item["title"] for item in feed["items"]] == ["Своя"]
    assert feed["feed_url"] == "http://testserver/topics/svarka/feed.json"


def test_a_draft_is_not_in_it(client, topic):
    factories.post(topic=topic, title="Вторая")
    topic.posts.get(title="Своя").unpublish()
    feed = client.get("/topics/svarka/feed.json").json()
    assert [item["title"] for item in feed["items"]] == ["Вторая"]


def test_another_topic_is_not_found(client):
    assert client.get("/topics/no-such/rss.xml").status_code == 404
