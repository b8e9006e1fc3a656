"""Previous, next and related posts."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Participation, Post
from news.models.related_posts import related_posts
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def create_post(days_ago, *partners, **fields):
    post = factories.post(published_at=NOW - datetime.timedelta(days=days_ago), **fields)
    for partner in partners:
        Participation.objects.create(post=post, partner=partner)
    return post


def test_neighbours_are_the_nearest_by_publication_time():
    first, second, third = (create_post(days) for days in (3, 2, 1))
    create_post(9)
    assert related_posts(second)[:2] == (first, third)


def test_posts_of_the_same_time_keep_their_order():
    first, second, third = (create_post(2) for _ in range(3))
    assert related_posts(second)[:2] == (first, third)


def test_the_first_and_last_post_have_one_neighbour():
    first, last = create_post(2), create_post(1)
    assert related_posts(first)[:2] == (None, last)
    assert related_posts(last)[:2] == (first, None)


def test_related_posts_are_ranked_by_partners_topic_and_date():
    factory, bank, topic = factories.partner(), factories.partner(), factories.topic()
    post = create_post(1, factory, bank, topic=topic)
    both = create_post(30, factory, bank)
    one = create_post(20, factory)
    newer_by_topic = create_post(5, topic=topic)
    create_post(6, topic=topic)
    create_post(2)
    assert related_posts(post).related == [both, one, newer_by_topic]


def test_a_post_sharing_only_the_last_partner_is_related():
    partners = [factories.partner() for _ in range(6)]
    neighbour = create_post(900, partners[-1])
    post = create_post(800, *partners)
    assert related_posts(post).related == [neighbour]


def test_the_three_newest_posts_of_the_topic_are_related():
    topic = factories.topic()
    post = create_post(9, topic=topic)
    others = [create_post(days, topic=topic) for days in (1, 2, 3, 4)]
    assert related_posts(post).related == others[:3]


def test_a_related_announcement_shows_its_event_date(client):
    topic = factories.topic()
    day = datetime.date(2026, 3, 5)
    create_post(4, topic=topic, kind="announcement", event_date=day)
    html = client.get(create_post(1, topic=topic).get_absolute_url()).content.decode()
    assert "Анонс события 5 марта 2026 года" in html.replace("\xa0", " ")


def test_posts_without_a_topic_are_not_related():
    post, _ = create_post(1), create_post(2)
    assert related_posts(post).related == []


def test_drafts_and_scheduled_posts_are_neither_neighbours_nor_related():
    topic, partner = factories.topic(), factories.partner()
    post = create_post(1, partner, topic=topic)
    draft = factories.draft(topic=topic)
    scheduled = create_post(-1, partner, topic=topic)
    Participation.objects.create(post=draft, partner=partner)
    assert scheduled.published_at > NOW
    assert related_posts(post) == (None, None, None, [], [])


def test_related_posts_take_four_queries(django_assert_num_queries):
    partners = [factories.partner() for _ in range(9)]
    post = create_post(1, *partners, topic=factories.topic())
    for days in range(2, 9):
        create_post(days, partners[days % 9], topic=post.topic)
    post = Post.objects.for_page().get(pk=post.pk)
    with django_assert_num_queries(4):
        assert len(related_posts(post).related) == 3


def test_the_page_links_related_posts(client):
    topic = factories.topic()
    post = create_post(1, topic=topic)
    related = create_post(2, topic=topic, title="Круглый стол")
    text = client.get(post.get_absolute_url()).content.decode()
    assert "По теме" in text
    assert text.count(related.get_absolute_url()) == 2  # as the neighbour and as a related post
    lonely = create_post(3)
    assert "По теме" not in client.get(lonely.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("words", "shown"), [(0, "1 минута"), (500, "3 минуты"), (900, "5 минут"), (3780, "21 минута")]
)
def test_the_page_shows_the_reading_time(client, words, shown):
    post = factories.post(lead="", body=f"<p>{'слово ' * words}</p>")
    html = client.get(post.get_absolute_url()).content.decode()
    assert f"<dd>{shown}</dd>".replace(" м", "\u00a0м") in html


def test_words_of_adjacent_paragraphs_are_counted_separately():
    body = "<p>раз</p>" * 900
    assert Post(lead="", body=body).reading_minutes == 5


def test_words_joined_by_non_breaking_spaces_are_counted_separately():
    body = f"<p>{'в&nbsp;мастерские ' * 450}</p>"
    assert Post(lead="", body=body).reading_minutes == 5


def test_of_posts_of_the_same_time_the_last_added_is_related_first():
    topic = factories.topic()
    post = create_post(9, topic=topic)
    others = [create_post(2, topic=topic) for _ in range(4)]
    assert related_posts(post).related == others[:0:-1]


def test_reports_of_an_announcement_are_listed_oldest_first():
    announcement = create_post(9, kind="announcement", event_date=datetime.date(2026, 3, 5))
    newer = create_post(1, announcement=announcement)
    older = create_post(2, announcement=announcement)
    assert related_posts(announcement).reports == [older, newer]


def test_a_post_without_announcement_is_compared_with_no_missing_key():
    post = factories.post()
    with CaptureQueriesContext(connection) as queries:
        related_posts(post)
    linked = [query["sql"] for query in queries if '"announcement_id" = ' in query["sql"]]
    assert len(linked) == 1
    assert '"id" IS NULL' not in linked[0]
