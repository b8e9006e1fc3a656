"""Feeds of one partner."""

import feedparser
import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(db):
    factories.college()
    partner = factories.partner(slug="zavod", name="Завод")
    factories.post(title="Своя").partners.add(partner)
    factories.post(title="Чужая")
    return partner


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_it_holds_the_posts_of_its_partner(client, partner, name):
    feed = feedparser.parse(client.get(f"/partners/zavod/{name}").content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Своя"]
    assert feed.feed.title == "Завод: Учебный техникум"


def test_the_json_feed_does_so_too(client, partner):
    feed = client.get("/partners/zavod/feed.json").json()
    assert [item["title"] for item in feed["items"]] == ["Своя"]
    assert feed["feed_url"] == "http://testserver/partners/zavod/feed.json"


def test_a_draft_is_not_in_it(client, partner):
    factories.post(title="Вторая").partners.add(partner)
    partner.posts.get(title="Своя").unpublish()
    feed = client.get("/partners/zavod/feed.json").json()
    assert [item["title"] for item in feed["items"]] == ["Вторая"]


def test_another_partner_is_not_found(client):
    assert client.get("/partners/no-such/rss.xml").status_code == 404
