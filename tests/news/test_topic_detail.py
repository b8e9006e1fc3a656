"""The page of a topic."""

import json

import pytest

from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def test_a_topic_lists_its_own_posts_only(client):
    topic = factories.topic(description="О практике.")
    post = factories.post(topic=topic)
    factories.post(topic=factories.topic())
    response = client.get(topic.get_absolute_url())
    assert list(response.context["page"]) == [post]
    assert "О практике." in response.content.decode()


def test_an_empty_kind_links_to_all_posts_of_the_topic(client):
    path = factories.post(kind="report", topic=factories.topic()).topic.get_absolute_url()
    html = flat(client.get(path, {"kind": "notice"}).content.decode())
    assert f'таких публикаций пока нет. <a href="{path}">Посмотрите все публикации темы' in html


def test_a_dash_in_the_heading_is_bound_to_the_preceding_word(client):
    topic = factories.topic(title="Наука – производству")
    factories.post(topic=topic)
    html = client.get(topic.get_absolute_url()).content.decode()
    assert "<h1>Наука\u00a0– производству</h1>" in html.replace("\N{WORD JOINER}", "")


def test_an_unknown_topic_is_not_found(client):
    assert client.get("/topics/no-such-topic/").status_code == 404


def test_a_post_links_its_topic(client):
    topic = factories.topic()
    html = client.get(factories.post(topic=topic).get_absolute_url()).content.decode()
    assert f'<a href="{topic.get_absolute_url()}">{topic}</a>' in html


def test_the_page_has_metadata_feeds_and_structured_breadcrumbs(client, read_page):
    topic = factories.topic(title="А & Б", slug="a-b", description="О чём")
    factories.post(topic=topic)
    page = read_page(client.get(topic.get_absolute_url())).root
    metadata = {
        meta.get("property"): meta["content"] for meta in page.all("meta") if meta.get("property")
    }
    assert (metadata["og:title"], metadata["og:description"]) == ("А & Б", "О чём")
    feeds = [link["href"] for link in page.all("link") if link["rel"] == "alternate"]
    assert {f"/topics/a-b/{name}" for name in ("rss.xml", "atom.xml", "feed.json")} <= set(feeds)
    subscribe = [link["href"] for link in page.all("a") if "Подписаться" in link.text()]
    assert subscribe == ["/topics/a-b/rss.xml"]
    data = next(each for each in page.all("script") if each.get("type") == "application/ld+json")
    steps = json.loads(data.text())["@graph"][0]["itemListElement"]
    assert [step["name"] for step in steps] == ["Главная", "Новости", "Темы", "А & Б"]
