"""Photographs in the text of a post."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db


def mark(number):
    return f'<figure data-photo="{number}"></figure>'


@pytest.fixture
def post():
    """A published post with a cover and two photographs, the second of which is in the text."""
    post = factories.post()
    factories.photo(post=post, is_cover=True, order=1)
    factories.photo(post=post, caption="В галерее", order=2)
    placed = factories.photo(post=post, caption="У станка", alt="Токарь", order=3)
    post.body = f"<p>Раз.</p>{mark(placed.pk)}<p>Два.</p>"
    post.save()
    return post


def test_a_placed_photo_stands_in_the_text_with_its_caption(client, post):
    page = client.get(post.get_absolute_url()).content.decode()
    before, after = page.index("Раз."), page.index("Два.")
    figure = page[before:after]
    assert 'alt="Токарь"' in figure
    assert "У\u00a0станка" in figure


def test_the_gallery_leaves_placed_photos_out(client, post):
    page = client.get(post.get_absolute_url()).content.decode()
    gallery = page[page.index('class="gallery"') :]
    assert "В\u00a0галерее" in gallery
    assert "У\u00a0станка" not in gallery


def test_a_mark_of_an_unknown_photo_shows_nothing(client, post):
    other = factories.photo(caption="Чужая")
    post.body = f"<p>Раз.</p>{mark(other.pk)}{mark(10**9)}<figure>x</figure><p>Два.</p>"
    post.save()
    page = client.get(post.get_absolute_url()).content.decode()
    assert re.search(r"<p>Раз\.</p>\s*x\s*<p>Два\.</p>", page)
    assert other.key not in page


def test_the_text_keeps_nothing_of_a_mark_but_its_number(post):
    number = post.photos.last().pk
    post.body = f'<figure data-photo="{number}" class="x" onclick="y"><img src="/z.png"></figure>'
    post.save()
    assert post.body == mark(number)


@pytest.mark.parametrize("name", ["atom.xml", "feed.json"])
def test_feeds_show_the_photo_with_an_absolute_address(client, post, settings, name):
    content = client.get(f"/feed/{name}").content.decode()
    assert f"{settings.SITE_URL}{post.photos.last().url}" in content
    assert "data-photo" not in content


def test_more_photos_in_the_text_take_no_more_queries(client, post, django_assert_num_queries):
    with CaptureQueriesContext(connection) as queries:
        client.get(post.get_absolute_url())
    post.body += "".join(mark(factories.photo(post=post, order=n).pk) for n in range(4, 14))
    post.save()
    with django_assert_num_queries(len(queries)):
        page = client.get(post.get_absolute_url()).content.decode()
    assert page.count('class="placed-photo"') == 11
