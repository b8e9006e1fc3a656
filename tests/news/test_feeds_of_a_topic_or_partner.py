"""Feeds of a topic and of a partner."""

import feedparser
import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def topic_post(title, topic):
    return factories.post(title=title, topic=topic)


def partner_post(title, partner):
    post = factories.post(title=title)
    post.partners.add(partner)
    return post


@pytest.fixture(params=["topic", "partner"])
def subject(request, db):
    """(URL, title, factory of its posts) of a topic and of a partner."""
    factories.college()
    factories.post(title="Чужая")
    if request.param == "topic":
        topic = factories.topic(slug="svarka", title="Сварка")
        return "/topics/svarka/", "Сварка", lambda title: topic_post(title, topic)
    partner = factories.partner(slug="zavod", name="Завод")
    return "/partners/zavod/", "Завод", lambda title: partner_post(title, partner)


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_an_xml_feed_contains_the_posts_of_its_subject(client, subject, name):
    address, title, make_post = subject
    make_post("Своя")
    feed = feedparser.parse(client.get(f"{address}{name}").content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Своя"]
    assert feed.feed.title == f"{title}: Учебный техникум"


def test_the_json_feed_contains_the_posts_of_its_subject(client, subject):
    address, _, make_post = subject
    make_post("Своя")
    feed = client.get(f"{address}feed.json").json()
    assert [item["title"] for item in feed["items"]] == ["Своя"]
    assert feed["feed_url"] == f"http://testserver{address}feed.json"


def test_a_feed_leaves_out_drafts(client, subject):
    address, _, make_post = subject
    make_post("Своя").unpublish()
    make_post("Вторая")
    feed = client.get(f"{address}feed.json").json()
    assert [item["title"] for item in feed["items"]] == ["Вторая"]


@pytest.mark.parametrize("path", ["topics", "partners"])
def test_a_feed_of_an_unknown_subject_is_not_found(client, path):
    assert client.get(f"/{path}/no-such/rss.xml").status_code == 404


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_a_subject_without_published_posts_has_no_feed(client, subject, name):
    address, _, make_post = subject
    make_post("Своя").unpublish()
    assert client.get(f"{address}{name}").status_code == 404
