"""The sitemap of pages other than posts."""

import datetime
import xml.etree.ElementTree as ET

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_lists_academic_years_with_posts(client):
    for year in (2023, 2025):
        moment = datetime.datetime(year, 10, 1, tzinfo=datetime.UTC)
        factories.post(published_at=moment)
    found = client.get("/sitemap-pages.xml").content.decode()
    assert "<loc>http://testserver/news/2025-2026/</loc>" in found
    assert "<loc>http://testserver/news/2023-2024/</loc>" in found
    assert "2024-2025" not in found


def test_every_listed_page_exists(client):
    factories.post(topic=factories.topic())
    root = ET.fromstring(client.get("/sitemap-pages.xml").content)
    urls = [element.text for element in root.iter(f"{NAMESPACE}loc")]
    assert "http://testserver/" in urls
    for url in urls:
        assert client.get(url.removeprefix("http://testserver")).status_code == 200
