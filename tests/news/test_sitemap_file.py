"""The index of the sitemaps."""

import datetime
import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.utils import timezone
from sitemap_verify.parser import parse_sitemap_document
from sitemap_verify.validators import validate_document
from sitemap_verify.xsd_validator import XsdValidator

from tests import factories

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client):
    root = ET.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{NAMESPACE}sitemapindex"
    return [element.text for element in root.iter(f"{NAMESPACE}loc")]


def test_the_index_names_every_sitemap(client):
    factories.post(pk=201)
    assert locations(client) == [
        f"http://testserver/sitemap-{name}.xml"
        for name in ("pages", "news", "posts-1", "posts-2", "posts-3")
    ]


def test_each_named_sitemap_exists(client):
    factories.post(pk=101)
    urls = locations(client)
    assert urls
    for url in urls:
        answer = client.get(url.removeprefix("http://testserver"))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
        assert answer.content.startswith(b"<?xml")


@pytest.fixture
def find_sitemap_errors(client):
    """A function that returns the errors of sitemap-verify and its XSD for a sitemap."""
    schema = XsdValidator()

    def read(path):
        content = client.get(path).content
        document = parse_sitemap_document(
            content.decode(),
            source=f"http://testserver{path}",
            uncompressed_size=len(content),
            is_gzipped=False,
        )
        found, *_ = validate_document(document, base_url=document.source)
        return [(each.code, each.message) for each in [*found, *schema.validate(document)]]

    return read


@pytest.mark.parametrize(
    "name",
    [
        "sitemap",
        "sitemap-pages",
        "sitemap-news",
        "sitemap-posts-1",
        "feedback/answers/sitemap-1",
    ],
)
def test_every_sitemap_is_valid(find_sitemap_errors, name):
    factories.college()
    for pk in (1, 2):
        post = factories.post(pk=pk, title="А & <Б>", topic=factories.topic())
        factories.photo(post, is_cover=True)
    factories.publication(pk=1)
    assert find_sitemap_errors(f"/{name}.xml") == []


def test_each_entry_states_when_the_news_last_changed(client):
    factories.college()
    post = factories.post(pk=1001)
    moments = changes(client)
    assert len(set(moments)) == 1
    assert timezone.now() - moments[0] < datetime.timedelta(minutes=1)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        assert changes(client) == moments
        post.unpublish()
        assert min(changes(client)) > moments[0]


def test_publishing_a_scheduled_post_updates_the_entries(client):
    factories.college()
    moment = (timezone.now() + datetime.timedelta(hours=1)).replace(microsecond=0)
    factories.post(published_at=moment)
    assert max(changes(client)) < moment
    with time_machine.travel(moment + datetime.timedelta(minutes=1)):
        assert min(changes(client)) == moment


def test_the_index_of_an_empty_site_has_no_dates(client):
    assert changes(client) == []


def changes(client):
    root = ET.fromstring(client.get("/sitemap.xml").content)
    elements = root.iter(f"{NAMESPACE}lastmod")
    return [datetime.datetime.fromisoformat(element.text) for element in elements]


def test_the_index_without_posts_has_no_post_sitemap(client):
    assert not [url for url in locations(client) if "posts" in url]


def test_the_news_sitemap_is_named_only_while_it_has_entries(client):
    news = "http://testserver/sitemap-news.xml"
    assert news not in locations(client)
    hours = datetime.timedelta(hours=1)
    factories.post(published_at=timezone.now() + hours)
    factories.post(published_at=timezone.now() - 49 * hours)
    assert news not in locations(client)
    factories.post(published_at=timezone.now() - 47 * hours)
    assert news in locations(client)


def test_the_index_is_new_once_the_news_sitemap_is_empty(client):
    factories.college()
    moment = factories.post().published_at + datetime.timedelta(days=2)
    with time_machine.travel(moment - datetime.timedelta(seconds=5), tick=False):
        before = client.get("/sitemap.xml")
    with time_machine.travel(moment + datetime.timedelta(seconds=5), tick=False):
        after = client.get("/sitemap.xml", headers={"If-None-Match": before.headers["ETag"]})
    assert b"sitemap-news" in before.content
    assert after.status_code == 200
    assert b"sitemap-news" not in after.content


def test_the_index_takes_four_queries(client, django_assert_num_queries):
    factories.college()
    factories.post()
    factories.publication()
    with django_assert_num_queries(4):
        client.get("/sitemap.xml")


def test_the_index_names_the_sitemaps_of_public_answers(client):
    factories.publication(pk=101)
    answers = [f"http://testserver/feedback/answers/sitemap-{number}.xml" for number in (1, 2)]
    assert locations(client)[-2:] == answers


def test_the_number_of_sitemaps_does_not_add_url_lookups(client, monkeypatch):
    """With 100,000 posts the index has a thousand entries."""
    factories.post(pk=99_999)
    names = []

    def reverse(name, args):
        names.append(name)
        return "/1"

    monkeypatch.setattr("college_site.pages.sitemaps.reverse", reverse)
    client.get("/sitemap.xml")
    assert names == ["news:sitemap_posts_file", "feedback:sitemap_answers_file"]


@pytest.mark.parametrize(("last", "pages"), [(1, 1), (99, 1), (100, 1), (101, 2)])
def test_a_page_of_posts_is_named_for_each_hundred_keys(client, last, pages):
    factories.post(pk=last)
    assert sum("sitemap-posts-" in url for url in locations(client)) == pages
