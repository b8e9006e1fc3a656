"""The page of one topic."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_a_topic_lists_its_posts_and_no_others(client):
    topic = factories.topic(description="О практике.")
    post = factories.post(topic=topic)
    factories.post(topic=factories.topic())
    response = client.get(topic.get_absolute_url())
    assert list(response.context["page"]) == [post]
    assert "О практике." in response.content.decode()


def test_an_empty_topic_leads_on(client):
    html = client.get(factories.topic().get_absolute_url()).content.decode()
    assert 'Публикаций на эту тему пока нет. <a href="/topics/">' in html


def test_an_unknown_topic_is_not_found(client):
    assert client.get("/topics/no-such-topic/").status_code == 404


def test_the_post_leads_to_its_topic(client):
    topic = factories.topic()
    html = client.get(factories.post(topic=topic).get_absolute_url()).content.decode()
    assert f'<a href="{topic.get_absolute_url()}">{topic}</a>' in html
