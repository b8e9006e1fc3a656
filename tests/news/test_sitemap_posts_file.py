"""A sitemap of posts."""

import datetime
import xml.etree.ElementTree as ET

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


def entries(client, number=1):
    root = ET.fromstring(client.get(f"/sitemap-posts-{number}.xml").content)
    return list(root.iter(f"{NAMESPACE}url"))


def location(entry):
    return entry.findtext(f"{NAMESPACE}loc").removeprefix("http://testserver")


def test_a_sitemap_page_covers_a_hundred_primary_keys(client):
    first, last, beyond = (factories.post(pk=pk) for pk in (1, 100, 101))
    assert [location(entry) for entry in entries(client)] == [
        first.get_absolute_url(),
        last.get_absolute_url(),
    ]
    assert [location(entry) for entry in entries(client, 2)] == [beyond.get_absolute_url()]


def test_an_entry_states_when_the_post_changed(client):
    post = factories.post(pk=1)
    changed = datetime.datetime.fromisoformat(entries(client)[0].findtext(f"{NAMESPACE}lastmod"))
    assert changed == post.updated_at.replace(microsecond=0)


def test_a_scheduled_post_counts_as_changed_when_published(client):
    moment = timezone.now().replace(microsecond=0)
    post = factories.post(pk=1, published_at=moment)
    type(post).objects.update(updated_at=moment - datetime.timedelta(days=3))
    changed = datetime.datetime.fromisoformat(entries(client)[0].findtext(f"{NAMESPACE}lastmod"))
    assert changed == moment


def test_an_entry_contains_the_picture(client):
    photo = factories.photo(factories.post(pk=1), is_cover=True)
    assert entries(client)[0].findtext(f".//{IMAGE}loc") == f"http://testserver{photo.url}"


def test_an_entry_contains_several_photographs_up_to_a_limit(client, monkeypatch):
    monkeypatch.setattr("news.models.post_queries.MAX_PICTURES", 2)
    post = factories.post(pk=1)
    last, first, second = (factories.photo(post, order=order) for order in (3, 1, 2))
    found = [element.text for element in entries(client)[0].iter(f"{IMAGE}loc")]
    assert found == [f"http://testserver{photo.url}" for photo in (first, second)]
    assert f"http://testserver{last.url}" not in found


def test_an_entry_without_a_photograph_has_no_picture(client):
    factories.post(pk=1)
    assert entries(client)[0].findtext(f".//{IMAGE}loc") is None


def test_draft_scheduled_and_deleted_posts_are_left_out(client):
    factories.draft(pk=1)
    factories.post(pk=2, published_at=timezone.now() + datetime.timedelta(hours=1))
    factories.post(pk=3).delete()
    public = factories.post(pk=4)
    assert [location(entry) for entry in entries(client)] == [public.get_absolute_url()]


def test_the_sitemap_takes_four_queries(client, django_assert_num_queries):
    factories.college()
    for pk in range(1, 6):
        factories.photo(factories.post(pk=pk), is_cover=True)
    with django_assert_num_queries(4):
        client.get("/sitemap-posts-1.xml")


@pytest.mark.parametrize("number", ["0", "2", "01", "9999999", "9" * 4300, "-1", "٣"])
def test_a_sitemap_page_without_posts_is_not_found(client, number):
    factories.post(pk=1)
    assert client.get(f"/sitemap-posts-{number}.xml").status_code == 404


def test_a_sitemap_escapes_what_xml_reserves(client, settings):
    settings.SITE_URL = "https://a&b.example"
    post = factories.post(pk=1)
    factories.photo(post, is_cover=True)
    (entry,) = entries(client)
    assert entry.findtext(f"{NAMESPACE}loc") == f"https://a&b.example{post.get_absolute_url()}"
    assert entry.findtext(f".//{IMAGE}loc").startswith("https://a&b.example/")
