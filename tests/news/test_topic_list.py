"""The list of topics."""

import pytest

from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def test_topics_are_listed_with_their_number_of_posts(client):
    topic = factories.topic(title="Практика", description="О практике.")
    for _ in range(2):
        factories.post(topic=topic)
    html = client.get("/topics/").content.decode()
    assert f'<a href="/topics/{topic.slug}/">Практика</a>' in html
    assert "О\u00a0практике." in html
    assert "2\N{NO-BREAK SPACE}публикации" in html


def test_a_topic_without_posts_is_not_listed(client):
    factories.topic(title="Пустая тема")
    html = flat(client.get("/topics/").content.decode())
    assert "Пустая тема" not in html
    assert 'Тем с публикациями пока нет. <a href="/news/">' in html
