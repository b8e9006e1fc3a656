"""How a link to a page looks in messengers and social networks."""

import pytest

from news.models import Photo
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def properties(client, read_page):
    """The OpenGraph and Twitter properties of a page."""

    def read(path):
        metas = list(read_page(client.get(path)).root.all("meta"))
        pairs = [
            (meta.get("property") or meta.get("name"), meta["content"])
            for meta in metas
            if meta.get("property") or meta.get("name")
        ]
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    return read


def test_a_post_tells_title_lead_address_and_site(properties):
    factories.college()
    post = factories.post(title="«День» & ночь", lead="О чём.")
    found = properties(post.get_absolute_url())
    assert found["og:type"] == "article"
    assert found["og:title"] == "«День» & ночь"
    assert found["og:description"] == found["description"] == "О чём."
    assert found["og:url"] == f"http://testserver{post.get_absolute_url()}"
    assert found["og:site_name"] == "Учебный техникум"
    assert found["og:locale"] == "ru_RU"
    assert found["twitter:card"] == "summary_large_image"


def test_a_post_without_a_photograph_has_its_card(properties):
    post = factories.post()
    found = properties(post.get_absolute_url())
    assert found["og:image"] == f"http://testserver/cards/{post.slug}.png"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:type"] == "image/png"
    assert found["og:image:alt"] == post.title


def test_a_photograph_stands_for_its_post_with_its_true_size(properties):
    photo = factories.photo(factories.post(), size=(300, 200), is_cover=True, alt="Цех")
    found = properties(photo.post.get_absolute_url())
    assert found["og:image"] == f"http://testserver{photo.url}"
    assert (found["og:image:width"], found["og:image:height"]) == ("300", "200")
    assert found["og:image:alt"] == "Цех"


def test_a_rendition_stands_for_a_large_photograph(properties):
    photo = factories.photo(factories.post(), is_cover=True)
    Photo.objects.update(width=2000, height=1333, renditions_due_at=None)
    found = properties(photo.post.get_absolute_url())
    assert found["og:image"].endswith(f"/{photo.key}/1440.jpg")
    assert (found["og:image:width"], found["og:image:height"]) == ("1440", "960")


@pytest.mark.parametrize("path", ["/", "/news/"])
def test_the_other_pages_are_of_the_site(properties, path):
    found = properties(path)
    assert found["og:type"] == "website"
    assert found["og:image:width"] == "1200"
