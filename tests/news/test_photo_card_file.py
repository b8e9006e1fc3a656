"""The photograph of a post cropped for link previews."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from tests import factories

pytestmark = pytest.mark.django_db
FAR = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)


def test_the_photograph_is_cropped_slightly_above_the_middle(client):
    stripes = Image.new("RGB", (100, 300), "red")
    stripes.paste("lime", (0, 80, 100, 160))
    buffer = io.BytesIO()
    stripes.save(buffer, "JPEG", quality=95)
    photo = factories.post().photos.create(image=ContentFile(buffer.getvalue(), name="x.jpg"))
    card = Image.open(io.BytesIO(client.get(photo.card_url).content))
    red, green, _ = card.getpixel((600, 315))
    assert green > 200 > 60 > red


@pytest.mark.parametrize("fields", [{"published_at": None}, {"published_at": FAR}])
def test_the_card_of_an_unpublished_post_is_for_staff_only(client, fields):
    photo = factories.photo(factories.post(**fields), is_cover=True)
    assert client.get(photo.card_url).status_code == 404
    client.force_login(factories.staff(), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(photo.card_url)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_card_of_a_deleted_post_is_not_found(client):
    photo = factories.photo(factories.post(), is_cover=True)
    photo.post.delete()
    assert client.get(photo.card_url).status_code == 404


def test_the_card_of_a_missing_file_is_not_found(client):
    photo = factories.photo(factories.post(), is_cover=True)
    photo.delete_files()
    assert client.get(photo.card_url).status_code == 404


def test_an_unchanged_card_is_answered_304_without_cropping(client, monkeypatch):
    photo = factories.photo(factories.post(), is_cover=True)
    tag = {"If-None-Match": client.get(photo.card_url).headers["ETag"]}
    monkeypatch.setattr("news.views.files.crop", None)
    assert client.get(photo.card_url, headers=tag).status_code == 304
    photo.post.unpublish()
    assert client.get(photo.card_url, headers=tag).status_code == 404


def test_browsers_ask_each_time_whether_a_card_is_still_there(client):
    photo = factories.photo(factories.post(), is_cover=True)
    assert client.get(photo.card_url).headers["Cache-Control"] == "private, no-cache"
