"""Feeds of all posts, parsed like in a feed reader."""

import datetime
import json
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.utils import timezone

from news.models import Photo
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = ["rss.xml", "atom.xml", "feed.json"]
TYPES = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
# https://jsonfeed.org/version/1.1: what must be there, and the types of everything else.
JSON_FEED = {
    "version": str,
    "title": str,
    "home_page_url": str,
    "feed_url": str,
    "description": str,
    "language": str,
    "authors": list,
    "items": list,
}
JSON_ITEM = {
    **dict.fromkeys(("id", "url", "title", "summary", "content_html", "image"), str),
    **dict.fromkeys(("date_published", "date_modified"), str),
    **dict.fromkeys(("tags", "attachments"), list),
}


@pytest.fixture
def parse_feed(client):
    """A function that parses an XML feed with feedparser and expects no error."""

    def read(name):
        feed = feedparser.parse(client.get(f"/feed/{name}").content)
        assert not feed.bozo, feed.get("bozo_exception")
        return feed

    return read


@pytest.fixture
def titles(client, parse_feed):
    """A function that returns the titles in a feed of any format."""

    def read(name):
        if name == "feed.json":
            return [item["title"] for item in client.get(f"/feed/{name}").json()["items"]]
        return [entry.title for entry in parse_feed(name).entries]

    return read


@pytest.mark.parametrize("name", NAMES)
def test_the_newest_posts_come_first(titles, name):
    hours = datetime.timedelta(hours=5)
    factories.post(title="Старая", published_at=timezone.now() - hours)
    factories.post(title="Новая")
    assert titles(name) == ["Новая", "Старая"]


@pytest.mark.parametrize("name", NAMES)
def test_draft_scheduled_and_deleted_posts_are_left_out(titles, name):
    factories.draft()
    factories.post(published_at=timezone.now() + datetime.timedelta(hours=1))
    factories.post().delete()
    assert titles(name) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_has_thirty_entries_at_most(titles, name):
    for _ in range(31):
        factories.post()
    assert len(titles(name)) == 30


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_has_its_content_type(client, name):
    assert client.get(f"/feed/{name}").headers["Content-Type"] == TYPES[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_takes_four_queries_at_most(client, name, django_assert_max_num_queries):
    factories.college()
    for _ in range(5):
        factories.photo(factories.post(topic=factories.topic()), is_cover=True)
    with django_assert_max_num_queries(4):
        client.get(f"/feed/{name}")


@pytest.mark.parametrize("name", NAMES)
def test_control_characters_are_removed_from_feeds(titles, name):
    factories.post(title="Акт\x0bовый & <зал>", lead="\x01", body="<p>а\x0bб</p>")
    assert titles(name) == ["Актовый & <зал>"]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_an_entry_has_link_lead_topic_and_date(parse_feed, name):
    factories.college()
    post = factories.post(topic=factories.topic(title="Практика"), lead="А < Б")
    feed = parse_feed(name)
    entry = feed.entries[0]
    assert feed.feed.title == "Новости: Учебный техникум"
    assert entry.link == f"http://testserver{post.get_absolute_url()}"
    assert entry.summary == "А &lt; Б"
    assert entry.tags[0].term == "Практика"
    assert entry.published_parsed[:3] == post.published_at.utctimetuple()[:3]


def test_an_atom_feed_contains_the_full_text_and_author(parse_feed):
    factories.college()
    factories.post(body='<p>Весь <a href="/news/">текст</a></p>')
    feed = parse_feed("atom.xml")
    content = feed.entries[0].content[0]
    assert content.type == "text/html"
    assert content.value == '<p>Весь <a href="http://testserver/news/">текст</a></p>'
    assert feed.feed.author == "Учебный техникум"


def full_text(client, name):
    """The HTML of the first entry of a feed that has the whole text."""
    if name == "feed.json":
        return client.get("/feed/feed.json").json()["items"][0]["content_html"]
    root = ET.fromstring(client.get(f"/feed/{name}").content)
    return root.find(".//{http://www.w3.org/2005/Atom}content").text


@pytest.mark.parametrize("name", ["atom.xml", "feed.json"])
@pytest.mark.parametrize(
    ("link", "absolute"),
    [
        ("/topics/", "http://testserver/topics/"),
        ("//files.example.ru/план", "http://files.example.ru/%D0%BF%D0%BB%D0%B0%D0%BD"),
        ("?page=2&amp;kind=a", "http://testserver/news/post/?page=2&amp;kind=a"),
        ("../drugaya/", "http://testserver/news/drugaya/"),
        ("https://example.ru/a?b=1#c", "https://example.ru/a?b=1#c"),
        ("mailto:a@example.ru", "mailto:a@example.ru"),
        ("tel:+78453000000", "tel:+78453000000"),
    ],
)
def test_every_link_in_a_feed_is_absolute(client, name, link, absolute):
    factories.post(slug="post", body=f"<p><a href='{link}'>а</a></p>")
    assert full_text(client, name).startswith(f'<p><a href="{absolute}"')


@pytest.mark.parametrize("name", ["atom.xml", "feed.json"])
def test_text_that_looks_like_a_link_stays_in_a_feed(client, name):
    factories.post(body='<p>Пишите href="/news/" и A &amp; B</p>')
    assert full_text(client, name) == '<p>Пишите href="/news/" и A &amp; B</p>'


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_the_enclosed_picture_has_the_right_length(client, parse_feed, name):
    factories.photo(factories.post(), is_cover=True)
    enclosure = parse_feed(name).entries[0].enclosures[0]
    picture = b"".join(client.get(enclosure.href.removeprefix("http://testserver")))
    assert (enclosure.type, int(enclosure.length)) == ("image/jpeg", len(picture))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_whose_file_is_missing_is_left_out(titles, name):
    photo = factories.photo(factories.post(title="Пост"), is_cover=True)
    photo.delete_files()
    assert titles(name) == ["Пост"]


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_keeps_its_id_when_its_slug_changes(client, parse_feed, name):
    def identity():
        if name == "feed.json":
            return client.get("/feed/feed.json").json()["items"][0]["id"]
        return parse_feed(name).entries[0].id

    post = factories.post()
    before = identity()
    post.slug = "renamed"
    post.save()
    assert identity() == before


def test_the_json_feed_follows_its_specification(client):
    factories.college()
    post = factories.post(topic=factories.topic(title="Практика"), lead="А < Б")
    factories.photo(post, is_cover=True)
    feed = client.get("/feed/feed.json").json()
    assert {name: type(value) for name, value in feed.items()} == JSON_FEED
    item = feed["items"][0]
    assert {name: type(value) for name, value in item.items()} == JSON_ITEM
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/feed/feed.json"
    assert item["summary"] == "А < Б"
    assert item["tags"] == ["Практика"]
    for name in ("date_published", "date_modified"):
        assert datetime.datetime.fromisoformat(item[name]).tzinfo
    size = Photo.objects.get().image.size
    picture = {"url": item["image"], "mime_type": "image/jpeg", "size_in_bytes": size}
    assert item["attachments"] == [picture]


def test_a_json_item_without_text_contains_its_lead(client):
    factories.post(body="", lead="А < Б")
    item = json.loads(client.get("/feed/feed.json").content)["items"][0]
    assert item["content_html"] == "А &lt; Б"


def test_every_page_links_the_feeds(client, read_page):
    links = list(read_page(client.get("/feedback/")).root.all("link"))
    found = {link["type"]: link["href"] for link in links if link["rel"] == "alternate"}
    assert found == {kind.split(";")[0]: f"/feed/{name}" for name, kind in TYPES.items()}


@pytest.mark.parametrize("path", ["/feed/", "/feed/rss", "/feed/xrss.xml", "/feed/rssxxml"])
def test_an_unknown_feed_name_is_not_found(client, path):
    assert client.get(path).status_code == 404
