"""Canonical addresses, and pages that stay out of the index."""

import pytest

from tests import factories

HOSTS = ["testserver", "college.example"]
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


def test_a_kind_has_pages_of_its_own(canonical):
    for _ in range(13):
        factories.post(kind="notice")
    assert canonical("/news/?kind=notice&page=2&x=1") == [
        "http://testserver/news/?kind=notice&page=2"
    ]
    assert canonical("/news/?kind=notice") == ["http://testserver/news/?kind=notice"]
    assert canonical("/news/?kind=nonsense") == ["http://testserver/news/"]


def test_an_impossible_number_leads_to_the_page_that_is_shown(canonical):
    assert canonical("/news/?page=999") == ["http://testserver/news/"]


@pytest.mark.parametrize("path", ["/no-such-page/", "/news/no-such-post/", "//evil.example/x"])
def test_an_error_is_not_indexed(client, canonical, path):
    assert canonical(path) == []
    assert '<meta name="robots" content="noindex">' in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        *("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml"),
        *("/sitemap-posts-1.xml", "/sitemap-news.xml", "/feedback/answers/atom.xml"),
        *("/feed/rss.xml", "/feed/atom.xml", "/feed/feed.json", "/events.ics"),
    ],
)
def test_what_programs_read_is_the_same_under_each_name_of_the_site(client, settings, path):
    settings.ALLOWED_HOSTS = HOSTS
    factories.college()
    factories.announcement(slug="den", pk=1)
    factories.publication()
    bodies = {client.get(path, headers={"host": host}).content for host in HOSTS}
    assert len(bodies) == 1
    assert b"testserver" in bodies.pop()


@pytest.mark.parametrize("path", ["/", "/news/den/"])
def test_a_page_calls_itself_the_same_under_each_name_of_the_site(client, settings, path):
    settings.ALLOWED_HOSTS = HOSTS
    factories.college()
    factories.announcement(slug="den")
    text = client.get(path, headers={"host": HOSTS[1]}).content.decode()
    assert f'<link rel="canonical" href="http://testserver{path}">' in text
    assert HOSTS[1] not in text


def test_robots_are_kept_from_a_receipt_but_not_from_the_page_that_verifies_one(client):
    rules = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /feedback/receipt/" in rules
    assert "Allow: /feedback/receipt/verify/" in rules


def test_robots_are_shown_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").content.decode()
