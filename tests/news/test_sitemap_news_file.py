"""The news sitemap of the last two days."""

import datetime
import xml.etree.ElementTree as ET

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def root(client):
    return ET.fromstring(client.get("/sitemap-news.xml").content)


def titles(client):
    return [element.text for element in root(client).iter(f"{NEWS}title")]


def ago(**span):
    return timezone.now() - datetime.timedelta(**span)


def test_the_sitemap_contains_posts_of_the_last_two_days(client):
    factories.post(title="Свежая", published_at=ago(hours=47))
    factories.post(title="Давняя", published_at=ago(hours=49))
    factories.draft()
    factories.post(published_at=ago(hours=-1))
    assert titles(client) == ["Свежая"]


def test_an_entry_has_the_properties_google_requires(client):
    # https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
    factories.college()
    post = factories.post(title="А & Б\x0b", published_at=ago(hours=1))
    news = root(client).find(f".//{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "А & Б"
    assert news.findtext(f".//{NEWS}name") == "Учебный техникум"
    assert news.findtext(f".//{NEWS}language") == "ru"
    moment = datetime.datetime.fromisoformat(news.findtext(f"{NEWS}publication_date"))
    assert moment == post.published_at.replace(microsecond=0)


def test_the_number_of_entries_is_limited(client, monkeypatch):
    monkeypatch.setattr("news.feeds.sitemaps.NEWS_POSTS", 2)
    for _ in range(3):
        factories.post()
    assert len(titles(client)) == 2
