"""The files of photographs, which visitors get only while the post is published."""

import io
import stat
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import URLResolver, reverse
from PIL import Image

from news.photos.rendition_job import render_due_photo
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered_photo():
    """A published photograph with renditions."""
    photo = factories.photo(size=(500, 300))
    assert render_due_photo()
    photo.refresh_from_db()
    return photo


def body(response):
    return response.getvalue()


def test_the_master_of_a_published_photograph_is_served(client):
    photo = factories.photo()
    response = client.get(photo.url)
    assert response.status_code == 200
    assert body(response).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("480.jpg", "image/jpeg"), ("480.webp", "image/webp"), ("480.avif", "image/avif")],
)
def test_every_rendition_has_its_content_type(client, rendered_photo, name, kind):
    response = client.get(f"/photos/{rendered_photo.key}/{name}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    body(response)


def test_every_picture_url_on_the_page_is_served(client, rendered_photo, read_page):
    root = read_page(client.get(rendered_photo.post.get_absolute_url())).root
    addresses = [image["src"] for image in root.all("img")]
    for element in root.all("img", "source"):
        addresses += [part.split()[0] for part in element["srcset"].split(", ")]
    assert any(address.endswith(".avif") for address in addresses)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        body(response)


def test_the_addresses_of_a_photograph_agree_with_the_url_patterns(rendered_photo):
    address = reverse("news:photo_file", args=[rendered_photo.key, "480.jpg"])
    assert rendered_photo.fallback_url == address
    assert rendered_photo.srcset == f"{address} 480w"


def test_more_photographs_on_a_page_call_reverse_no_more_often(client, monkeypatch):
    post, reversed_names = factories.post(), []
    reverse_url = URLResolver._reverse_with_prefix

    def note_reverse(resolver, name, *args, **kwargs):
        reversed_names.append(name)
        return reverse_url(resolver, name, *args, **kwargs)

    def count_with_another_photograph():
        factories.photo(post=post, renditions_due_at=None)
        reversed_names.clear()
        client.get(post.get_absolute_url())
        return len(reversed_names)

    monkeypatch.setattr(URLResolver, "_reverse_with_prefix", note_reverse)
    assert count_with_another_photograph() == count_with_another_photograph() > 0


def test_a_photograph_of_a_draft_is_not_found(client):
    assert client.get(factories.photo(post=factories.draft()).url).status_code == 404


def test_a_photograph_of_a_withdrawn_post_is_not_found(client):
    photo = factories.photo()
    photo.post.unpublish()
    assert client.get(photo.url).status_code == 404


def test_staff_can_see_the_photographs_of_a_draft(staff_client):
    response = staff_client.get(factories.photo(post=factories.draft()).url)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    body(response)


def test_staff_without_permissions_cannot_see_photographs_of_a_draft(client):
    user = User.objects.create_user("guest", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(factories.photo(post=factories.draft()).url).status_code == 404


def test_a_published_photograph_is_cached_by_browsers_only(client):
    response = client.get(factories.photo().url)
    assert "private" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert "no-cache" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    body(response)


@pytest.mark.parametrize(
    "name",
    [
        "960.jpg",
        "480.gif",
        "480",
        ".jpg",
        "master.png",
        "0480.jpg",
        "٤٨٠.jpg",
        "-480.jpg",
        "480.jpg.webp",
    ],
)
def test_a_rendition_that_does_not_exist_is_not_found(client, rendered_photo, name):
    assert client.get(f"/photos/{rendered_photo.key}/{name}").status_code == 404


def test_a_rendition_is_not_found_until_it_is_made(client):
    photo = factories.photo()
    assert client.get(f"/photos/{photo.key}/64.webp").status_code == 404


def test_the_smallest_jpeg_exists_at_once(client):
    photo = factories.photo(size=(600, 400))
    response = client.get(photo.small_url)
    assert Image.open(io.BytesIO(body(response))).size == (480, 320)


def test_a_photograph_whose_file_is_missing_is_not_found(client):
    photo = factories.photo()
    photo.image.storage.delete(photo.image.name)
    assert client.get(photo.url).status_code == 404


def test_the_url_does_not_contain_the_uploaded_name():
    assert "IMG_0001" not in factories.photo().url


def test_each_photograph_has_an_unguessable_url():
    keys = {factories.photo().key for _ in range(3)}
    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)


@pytest.mark.django_db(transaction=True)  # closing the response closes the connection
def test_a_head_response_has_no_body(client):
    response = client.head(factories.photo().url)
    assert response.status_code == 200
    assert body(response) == b""
    response.close()


def test_posting_to_a_photograph_is_not_allowed(client):
    assert client.post(factories.photo().url).status_code == 405


def test_other_users_of_the_server_cannot_read_uploads():
    path = Path(factories.photo().image.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750
