"""The generated preview image of pages other than posts."""

import io

import pytest
from PIL import Image

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("filled", [True, False])
def test_the_card_is_drawn_with_and_without_a_college(client, filled):
    if filled:
        factories.college()
    answer = client.get("/card.png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


@pytest.mark.parametrize("path", ["/", "/news/"])
def test_pages_use_the_card_as_preview_image(client, path):
    assert 'content="http://testserver/card.png"' in client.get(path).content.decode()
