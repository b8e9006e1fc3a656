"""What is read after a post: neighbours and posts on the same subject."""

import datetime

import pytest
from django.utils import timezone

from news.models import Participation, Post
from news.models.related_posts import related_posts
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def published(days_ago, *partners, **fields):
    post = factories.post(published_at=NOW - datetime.timedelta(days=days_ago), **fields)
    for partner in partners:
        Participation.objects.create(post=post, partner=partner)
    return post


def test_neighbours_are_the_nearest_by_the_moment_of_publication():
    first, second, third = (published(days) for days in (3, 2, 1))
    published(9)
    assert related_posts(second)[:2] == (first, third)


def test_posts_of_one_moment_keep_their_order():
    first, second, third = (published(2) for _ in range(3))
    assert related_posts(second)[:2] == (first, third)


def test_ends_of_the_archive_have_one_neighbour():
    first, last = published(2), published(1)
    assert related_posts(first)[:2] == (None, last)
    assert related_posts(last)[:2] == (first, None)


def test_more_shared_partners_come_first_then_any_then_the_topic_and_the_newest_of_equals():
    factory, bank, topic = factories.partner(), factories.partner(), factories.topic()
    post = published(1, factory, bank, topic=topic)
    both = published(30, factory, bank)
    one = published(20, factory)
    newer_by_topic = published(5, topic=topic)
    published(6, topic=topic)
    published(2)
    assert related_posts(post).related == [both, one, newer_by_topic]


def test_by_topic_the_newest_three_are_related():
    topic = factories.topic()
    post = published(9, topic=topic)
    others = [published(days, topic=topic) for days in (1, 2, 3, 4)]
    assert related_posts(post).related == others[:3]


def test_a_related_announcement_tells_when_its_event_is(client):
    topic = factories.topic()
    day = datetime.date(2026, 3, 5)
    published(4, topic=topic, kind="announcement", event_date=day)
    html = client.get(published(1, topic=topic).get_absolute_url()).content.decode()
    assert "Анонс события 5 марта 2026 года" in html.replace("\xa0", " ")


def test_posts_without_a_topic_are_not_related_by_that():
    post, _ = published(1), published(2)
    assert related_posts(post).related == []


def test_drafts_and_scheduled_posts_are_no_ones_neighbours_or_relations():
    topic, partner = factories.topic(), factories.partner()
    post = published(1, partner, topic=topic)
    draft = factories.draft(topic=topic)
    scheduled = published(-1, partner, topic=topic)
    Participation.objects.create(post=draft, partner=partner)
    assert scheduled.published_at > NOW
    assert related_posts(post) == (None, None, None, [], [])


def test_four_queries_find_them_all(django_assert_num_queries):
    partners = [factories.partner() for _ in range(9)]
    post = published(1, *partners, topic=factories.topic())
    for days in range(2, 9):
        published(days, partners[days % 9], topic=post.topic)
    post = Post.objects.for_page().get(pk=post.pk)
    with django_assert_num_queries(4):
        assert len(related_posts(post).related) == 3


def test_the_page_names_them(client):
    topic = factories.topic()
    post = published(1, topic=topic)
    related = published(2, topic=topic, title="Круглый стол")
    text = client.get(post.get_absolute_url()).content.decode()
    assert "По теме" in text
    assert text.count(related.get_absolute_url()) == 2  # as a neighbour and as a relation
    lonely = published(3)
    assert "По теме" not in client.get(lonely.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("words", "shown"), [(0, "1 минута"), (500, "3 минуты"), (900, "5 минут"), (3780, "21 минута")]
)
def test_the_page_says_how_long_it_takes_to_read(client, words, shown):
    post = factories.post(lead="", body=f"<p>{'слово ' * words}</p>")
    text = client.get(post.get_absolute_url()).content.decode()
    assert f"{shown} чтения".replace(" м", "\u00a0м") in text


def test_words_of_neighbouring_paragraphs_are_counted_apart():
    body = "<p>раз</p>" * 900
    assert Post(lead="", body=body).reading_minutes == 5


def test_words_that_a_pasted_text_binds_are_counted_apart():
    body = f"<p>{'в&nbsp;мастерские ' * 450}</p>"
    assert Post(lead="", body=body).reading_minutes == 5
