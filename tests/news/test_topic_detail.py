"""The page of one topic."""

import json

import pytest

from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def test_a_topic_lists_its_posts_and_no_others(client):
    topic = factories.topic(description="О практике.")
    post = factories.post(topic=topic)
    factories.post(topic=factories.topic())
    response = client.get(topic.get_absolute_url())
    assert list(response.context["page"]) == [post]
    assert "О практике." in response.content.decode()


def test_a_kind_that_a_topic_lacks_leads_on(client):
    path = factories.post(kind="report", topic=factories.topic()).topic.get_absolute_url()
    html = flat(client.get(path, {"kind": "notice"}).content.decode())
    assert f'таких публикаций пока нет. <a href="{path}">Посмотрите все публикации темы' in html


def test_no_dash_of_its_name_opens_a_line(client):
    topic = factories.topic(title="Наука – производству")
    factories.post(topic=topic)
    html = client.get(topic.get_absolute_url()).content.decode()
    assert "<h1>Наука\u00a0– производству</h1>" in html.replace("\N{WORD JOINER}", "")


def test_an_unknown_topic_is_not_found(client):
    assert client.get("/topics/no-such-topic/").status_code == 404


def test_the_post_leads_to_its_topic(client):
    topic = factories.topic()
    html = client.get(factories.post(topic=topic).get_absolute_url()).content.decode()
    assert f'<a href="{topic.get_absolute_url()}">{topic}</a>' in html


def test_programs_learn_its_name_its_feed_and_the_way_to_it(client, read_page):
    topic = factories.topic(title="А & Б", slug="a-b", description="О чём")
    factories.post(topic=topic)
    page = read_page(client.get(topic.get_absolute_url())).root
    told = {
        meta.get("property"): meta["content"] for meta in page.all("meta") if meta.get("property")
    }
    assert (told["og:title"], told["og:description"]) == ("А & Б", "О чём")
    feeds = [link["href"] for link in page.all("link") if link["rel"] == "alternate"]
    assert {f"/topics/a-b/{name}" for name in ("rss.xml", "atom.xml", "feed.json")} <= set(feeds)
    subscribe = [link["href"] for link in page.all("a") if "Подписаться" in link.text()]
    assert subscribe == ["/topics/a-b/rss.xml"]
    data = next(each for each in page.all("script") if each.get("type") == "application/ld+json")
    steps = json.loads(data.text())["@graph"][0]["itemListElement"]
    assert [step["name"] for step in steps] == ["Главная", "Темы", "А & Б"]
