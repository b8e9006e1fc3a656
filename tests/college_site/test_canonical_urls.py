"""Canonical URLs, and pages that are excluded from search engines."""

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


def test_the_canonical_url_drops_the_query(canonical):
    assert canonical("/?utm_source=vk&page=7") == ["http://testserver/"]


def test_the_canonical_url_keeps_the_page_number(canonical):
    for _ in range(13):
        factories.post()
    assert canonical("/news/?page=2&x=1") == ["http://testserver/news/?page=2"]
    assert canonical("/news/?page=1") == ["http://testserver/news/"]


def test_the_canonical_url_keeps_the_kind(canonical):
    for _ in range(13):
        factories.post(kind="notice")
    assert canonical("/news/?kind=notice&page=2&x=1") == [
        "http://testserver/news/?kind=notice&page=2"
    ]
    assert canonical("/news/?kind=notice") == ["http://testserver/news/?kind=notice"]
    assert canonical("/news/?kind=nonsense") == ["http://testserver/news/"]


def test_an_invalid_page_number_is_canonicalised(canonical):
    assert canonical("/news/?page=999") == ["http://testserver/news/"]


@pytest.mark.parametrize("path", ["/no-such-page/", "/news/no-such-post/", "//evil.example/x"])
def test_an_error_page_is_not_indexed(client, canonical, path):
    assert canonical(path) == []
    assert '<meta name="robots" content="noindex">' in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/sitemap-posts-1.xml",
        "/sitemap-news.xml",
        "/feedback/answers/atom.xml",
        "/feed/rss.xml",
        "/feed/atom.xml",
        "/feed/feed.json",
        "/events.ics",
    ],
)
def test_feeds_and_sitemaps_are_identical_on_every_host_name(client, settings, path):
    settings.ALLOWED_HOSTS = HOSTS
    factories.college()
    factories.announcement(slug="den", pk=1)
    factories.publication()
    bodies = {client.get(path, headers={"host": host}).content for host in HOSTS}
    assert len(bodies) == 1
    assert b"testserver" in bodies.pop()


@pytest.mark.parametrize("path", ["/", "/news/den/"])
def test_the_canonical_url_is_identical_on_every_host_name(client, settings, path):
    settings.ALLOWED_HOSTS = HOSTS
    factories.college()
    factories.announcement(slug="den")
    text = client.get(path, headers={"host": HOSTS[1]}).content.decode()
    assert f'<link rel="canonical" href="http://testserver{path}">' in text
    assert HOSTS[1] not in text


def test_robots_txt_disallows_receipts_but_allows_their_verification(client):
    rules = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /feedback/receipt/" in rules
    assert "Allow: /feedback/receipt/verify/" in rules


def test_robots_txt_names_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").content.decode()
