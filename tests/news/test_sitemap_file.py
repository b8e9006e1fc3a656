"""The index of the sitemaps."""

import xml.etree.ElementTree as ET

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client):
    root = ET.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{NAMESPACE}sitemapindex"
    return [element.text for element in root.iter(f"{NAMESPACE}loc")]


def test_it_names_every_sitemap(client):
    factories.post(pk=2001)
    assert locations(client) == [
        f"http://testserver/sitemap-{name}.xml"
        for name in ("pages", "news", "posts-1", "posts-2", "posts-3")
    ]


def test_each_sitemap_that_it_names_exists(client):
    factories.post(pk=1001)
    for url in locations(client):
        answer = client.get(url.removeprefix("http://testserver"))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
        assert answer.content.startswith(b"<?xml")


def test_without_posts_there_is_no_page_of_posts(client):
    assert not [url for url in locations(client) if "posts" in url]


def test_it_takes_two_queries(client, django_assert_num_queries):
    factories.college()
    factories.post()
    with django_assert_num_queries(2):
        client.get("/sitemap.xml")
