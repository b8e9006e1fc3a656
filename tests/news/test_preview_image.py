"""Metadata for previews in messengers and social networks."""

from io import BytesIO

import pytest
from PIL import Image

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def properties(client, read_page):
    """The Open Graph and Twitter properties of a page."""

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


def test_a_post_has_open_graph_metadata(properties):
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


def test_a_post_without_a_photograph_uses_its_card(properties):
    post = factories.post()
    found = properties(post.get_absolute_url())
    assert found["og:image"] == f"http://testserver/cards/{post.slug}.png"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:type"] == "image/png"
    assert found["og:image:alt"] == post.title


@pytest.mark.parametrize("size", [(300, 200), (200, 300), (2000, 200)])
def test_a_post_with_a_photograph_uses_it_cropped(client, properties, size):
    photo = factories.photo(factories.post(), size=size, is_cover=True, alt="Цех")
    found = properties(photo.post.get_absolute_url())
    assert found["og:image"] == f"http://testserver/photos/{photo.key}/card.jpg"
    assert found["og:image:type"] == "image/jpeg"
    assert found["og:image:alt"] == "Цех"
    picture = Image.open(BytesIO(client.get(found["og:image"]).content))
    assert picture.format == "JPEG"
    stated_size = (found["og:image:width"], found["og:image:height"])
    assert tuple(map(str, picture.size)) == stated_size == ("1200", "630")


def test_a_photograph_without_alternative_text_uses_the_post_title(properties):
    photo = factories.photo(factories.post(), is_cover=True)
    assert properties(photo.post.get_absolute_url())["og:image:alt"] == photo.post.title


@pytest.mark.parametrize("path", ["/", "/news/"])
def test_other_pages_have_website_metadata(properties, path):
    found = properties(path)
    assert found["og:type"] == "website"
    assert found["og:image:width"] == "1200"
