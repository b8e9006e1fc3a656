"""The sitemap of the pages that stand by themselves."""

import xml.etree.ElementTree as ET

import pytest

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_its_pages_exist(client):
    root = ET.fromstring(client.get("/sitemap-pages.xml").content)
    urls = [element.text for element in root.iter(f"{NAMESPACE}loc")]
    assert "http://testserver/" in urls
    for url in urls:
        assert client.get(url.removeprefix("http://testserver")).status_code == 200
