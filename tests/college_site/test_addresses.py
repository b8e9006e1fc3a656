"""Canonical addresses, and pages that stay out of the index."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def canonical(client, read_page):
    def ask(path):
        links = read_page(client.get(path)).root.all("link")
        return [link["href"] for link in links if link["rel"] == "canonical"]

    return ask


def test_a_page_has_one_address_whatever_the_query_says(canonical):
    assert canonical("/?utm_source=vk&page=7") == ["http://testserver/"]


def test_a_page_of_a_list_keeps_its_number(canonical):
    for _ in range(13):
        factories.post()
    assert canonical("/news/?page=2&x=1") == ["http://testserver/news/?page=2"]
    assert canonical("/news/?page=1") == ["http://testserver/news/"]


def test_an_impossible_number_leads_to_the_page_that_is_shown(canonical):
    assert canonical("/news/?page=999") == ["http://testserver/news/"]


@pytest.mark.parametrize("path", ["/no-such-page/", "/news/no-such-post/", "//evil.example/x"])
def test_an_error_is_not_indexed(client, canonical, path):
    assert canonical(path) == []
    assert '<meta name="robots" content="noindex">' in client.get(path).content.decode()


def test_robots_are_shown_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").content.decode()
