"""The paginated list of all posts."""

import datetime

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
URL = "/news/"


def posts(count):
    """Create `count` posts, newest first."""
    now = timezone.now()
    return [
        factories.post(published_at=now - datetime.timedelta(hours=hours))
        for hours in range(1, count + 1)
    ]


def list_posts(response):
    return list(response.context["page"])


def test_the_list_without_posts_says_so(client):
    assert "Новостей пока нет" in client.get(URL).content.decode()


def test_the_newest_posts_come_first_twelve_per_page(client):
    made = posts(13)
    assert list_posts(client.get(URL)) == made[:12]
    assert list_posts(client.get(URL, {"page": 2})) == made[12:]


def test_posts_of_the_same_time_have_a_stable_order(client):
    moment = timezone.now() - datetime.timedelta(hours=1)
    made = [factories.post(published_at=moment) for _ in range(3)]
    assert list_posts(client.get(URL)) == made[::-1]


def test_drafts_and_scheduled_posts_are_not_listed(client):
    factories.draft()
    factories.post(published_at=timezone.now() + datetime.timedelta(hours=1))
    assert list_posts(client.get(URL)) == []


def test_a_single_page_has_no_page_links(client):
    posts(12)
    assert "?page=" not in client.get(URL).content.decode()


def test_the_current_page_link_is_marked(client, read_page):
    posts(13)
    links = read_page(client.get(URL, {"page": 2})).root.all("a")
    current = [link["href"] for link in links if link.get("aria-current") == "page"]
    assert "?page=2" in current
    assert "?page=1" not in current


def test_the_title_contains_the_page_number(client, read_page):
    posts(13)
    title = next(read_page(client.get(URL, {"page": 2})).root.all("title")).text()
    assert title.startswith("Новости, страница 2")


@pytest.mark.parametrize(
    ("requested", "expected"),
    [
        ("3", 3),
        ("4", 3),
        ("9" * 5000, 3),
        ("0", 1),
        ("-1", 1),
        ("", 1),
        ("x", 1),
        ("²", 1),
        ("1.5", 1),
        ("٣", 1),
    ],
)
def test_an_invalid_page_number_shows_the_nearest_page(client, requested, expected):
    posts(25)
    assert client.get(URL, {"page": requested}).context["page"].number == expected


def test_a_card_links_its_post(client):
    post = factories.post()
    assert f'href="/news/{post.slug}/"' in client.get(URL).content.decode()
