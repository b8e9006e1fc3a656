"""The card of pages that are about no post."""

import io

import pytest
from PIL import Image

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("filled", [True, False])
def test_it_is_drawn_with_and_without_the_college(client, filled):
    if filled:
        factories.college()
    answer = client.get("/card.png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


@pytest.mark.parametrize("path", ["/", "/news/"])
def test_the_pages_name_it(client, path):
    assert 'content="http://testserver/card.png"' in client.get(path).content.decode()
