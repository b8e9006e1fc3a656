"""A sitemap of public answers."""

import xml.etree.ElementTree as ET

import pytest

from college_site.templatetags.iso_dates import iso_moment
from tests import factories

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client, number=1):
    root = ET.fromstring(client.get(f"/feedback/answers/sitemap-{number}.xml").content)
    return [element.text for element in root.iter(f"{NAMESPACE}loc")]


def test_the_sitemap_lists_published_answers_only(client):
    factories.publication(pk=1, published_at=None)
    public = factories.publication(pk=2)
    assert locations(client) == [f"http://testserver{public.get_absolute_url()}"]


def test_a_sitemap_page_covers_a_hundred_primary_keys(client):
    factories.publication(pk=100)
    beyond = factories.publication(pk=101)
    assert locations(client, 2) == [f"http://testserver{beyond.get_absolute_url()}"]


@pytest.mark.parametrize("number", ["0", "2", "01", "9999999"])
def test_a_sitemap_page_without_answers_is_not_found(client, number):
    factories.publication(pk=1)
    assert client.get(f"/feedback/answers/sitemap-{number}.xml").status_code == 404


def test_the_sitemap_takes_three_queries(client, django_assert_num_queries):
    factories.college()
    for pk in range(1, 6):
        factories.publication(pk=pk)
    with django_assert_num_queries(3):
        client.get("/feedback/answers/sitemap-1.xml")


def test_an_entry_states_when_the_answer_changed(client):
    publication = factories.publication(pk=1)
    page = client.get("/feedback/answers/sitemap-1.xml").content.decode()
    assert f"<lastmod>{iso_moment(publication.changed_at)}</lastmod>" in page
