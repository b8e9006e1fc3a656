"""Photographs in the form of their post: each request uploads or changes one."""

import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageDraw

from news.admin.media import photos
from news.models import Autosave, Photo
from tests import factories

pytestmark = pytest.mark.django_db
BASE = "/admin/news/post/"
SAME_ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def send(staff_client):
    """A function that sends entries to an address as the page's own scripts do."""
    return lambda address, **entries: staff_client.post(BASE + address, entries, **SAME_ORIGIN)


def picture(name="IMG_1.jpg", data=None, size=(400, 300)):
    return SimpleUploadedFile(name, data or factories.picture_bytes(size))


def upload(send, file=None, key=None, **entries):
    return send(f"autosave/{key or uuid.uuid4()}/photos/", file=file or picture(), **entries)


def test_an_uploaded_photo_waits_for_its_post_to_be_saved(send):
    response = upload(send)
    photo = Photo.objects.get()
    assert response.json()["number"] == photo.pk
    assert (photo.post, photo.is_cover) == (None, True)
    assert photo.autosave == Autosave.objects.get()
    assert f'data-photo="{photo.pk}"' in response.json()["row"]


def test_several_uploads_of_one_form_stay_together_in_the_chosen_order(send):
    key = uuid.uuid4()
    for order in (3, 1, 2):
        data = factories.picture_bytes((400, 300 + order))
        upload(send, picture(data=data), key, order=order)
    assert [photo.height for photo in Autosave.objects.get().photos.all()] == [301, 302, 303]


def test_the_same_file_again_is_stored_once(send):
    key = uuid.uuid4()
    first, second = upload(send, key=key), upload(send, key=key)
    assert first.json()["number"] == second.json()["number"]
    assert second.json()["notes"] == ["этот снимок уже есть"]
    assert Photo.objects.count() == 1


def test_a_photo_that_the_post_has_already_is_recognised(send):
    post = factories.post()
    upload(send, post=post.pk)
    Photo.objects.update(post=post, autosave=None)
    assert upload(send, post=post.pk).json()["notes"] == ["этот снимок уже есть"]


def shot(quality, side=600):
    """A landscape of two hills, as a camera or a messenger stores it."""
    image = Image.new("RGB", (400, 300), "#88aacc")
    ImageDraw.Draw(image).polygon([(0, 300), (120, 90), (230, 240), (310, 150), (400, 300)], "#232")
    buffer = io.BytesIO()
    image.resize((side, side * 3 // 4)).save(buffer, "JPEG", quality=quality)
    return picture(data=buffer.getvalue())


def test_a_smaller_copy_of_a_photo_is_noticed(send):
    key = uuid.uuid4()
    first = upload(send, shot(95), key).json()["number"]
    notes = upload(send, shot(50, 420), key).json()["notes"]
    assert notes == [f"похож на снимок «{Photo.objects.get(pk=first)}»"]


def test_different_photos_are_not_said_to_be_alike(send):
    key = uuid.uuid4()
    upload(send, shot(95), key)
    assert upload(send, picture(data=factories.noise_bytes()), key).json()["notes"] == []


REFUSED = [
    (b"", "Это не фотография"),
    (b"text", "Это не фотография"),
    (factories.picture_bytes((10, 10)), "не короче 300"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED, ids=["empty", "text", "tiny"])
def test_a_refusal_says_what_is_wrong(send, data, words):
    response = upload(send, SimpleUploadedFile("a.jpg", data))
    assert response.status_code == 422
    assert words in response.json()["message"]
    assert not Photo.objects.exists()


def test_a_photo_that_arrived_in_part_is_told(send):
    data = factories.noise_bytes()
    notes = upload(send, picture(data=data[: len(data) // 2])).json()["notes"]
    assert notes == ["не сохранился низ снимка (файл обрезан или повреждён)"]


def test_a_request_without_a_file_is_refused(send):
    response = send(f"autosave/{uuid.uuid4()}/photos/")
    assert (response.status_code, response.json()["message"][:13]) == (422, "Файл не дошёл")


def test_a_form_has_a_limited_number_of_photos(send, monkeypatch):
    monkeypatch.setattr("news.admin.media.photos.MOST_PHOTOS", 1)
    key = uuid.uuid4()
    upload(send, key=key)
    response = upload(send, picture(data=factories.noise_bytes()), key)
    assert response.status_code == 422
    assert "больше нельзя" in response.json()["message"]


def test_a_busy_sandbox_asks_to_try_again(send, monkeypatch):
    monkeypatch.setattr("college_site.uploads.sandbox.STAFF.threads.acquire", lambda **kw: False)
    assert upload(send).status_code == 503


# Changing -----------------------------------------------------------------------------------------


@pytest.fixture
def photo():
    return factories.photo(post=factories.post(), size=(400, 300), order=1, is_cover=True)


def test_each_detail_is_saved_by_itself(send, photo):
    send(f"photos/{photo.pk}/", caption="У станка")
    send(f"photos/{photo.pk}/", is_decorative="on")
    send(f"photos/{photo.pk}/", consent="given")
    photo.refresh_from_db()
    assert (photo.caption, photo.is_decorative, photo.consent) == ("У станка", True, "given")
    send(f"photos/{photo.pk}/", is_decorative="")
    photo.refresh_from_db()
    assert not photo.is_decorative


@pytest.mark.parametrize("name", ["IMG_20260224_101112.jpg", "DSC-0042", "photo.HEIC"])
@pytest.mark.parametrize("field", ["alt", "caption"])
def test_a_file_name_is_no_description(send, photo, field, name):
    response = send(f"photos/{photo.pk}/", **{field: name})
    assert response.status_code == 422
    assert "имя файла" in response.json()["problems"][field]
    photo.refresh_from_db()
    assert getattr(photo, field) == ""


def test_another_photo_becomes_the_cover_by_one_request(send, photo):
    other = factories.photo(post=photo.post, order=2)
    assert send(f"photos/{other.pk}/cover/").status_code == 200
    assert list(Photo.objects.covers()) == [other]


def test_choosing_a_cover_leaves_those_of_other_posts(send, photo):
    other = factories.photo(is_cover=True)
    send(f"photos/{factories.photo(post=photo.post, order=2).pk}/cover/")
    assert other in Photo.objects.covers()


def test_rotating_turns_the_picture_and_changes_its_address(send, photo):
    key = photo.key
    row = send(f"photos/{photo.pk}/rotate/").json()["row"]
    photo.refresh_from_db()
    assert (photo.width, photo.height) == (300, 400)
    assert photo.key != key
    assert photo.key in row
    assert photo.renditions_due_at is not None


def test_rotating_deletes_the_former_file(send, photo, django_capture_on_commit_callbacks):
    name = photo.image.name
    with django_capture_on_commit_callbacks(execute=True):
        send(f"photos/{photo.pk}/rotate/")
    assert not photo.image.storage.exists(name)


def test_a_deleted_cover_is_replaced_by_the_next_photo(send, photo):
    other = factories.photo(post=photo.post, order=2)
    send(f"photos/{photo.pk}/delete/")
    assert list(Photo.objects.covers()) == [other]


def test_photos_are_ordered_as_their_numbers_are_sent(send, photo):
    second, third = (factories.photo(post=photo.post, order=order) for order in (2, 3))
    send("photos/order/", photo=[third.pk, photo.pk, second.pk])
    assert list(photo.post.photos.all()) == [third, photo, second]


def test_ordering_more_photos_takes_no_more_queries(send, photo, django_assert_num_queries):
    numbers = [photo.pk, factories.photo(post=photo.post, order=2).pk]
    with CaptureQueriesContext(connection) as queries:
        send("photos/order/", photo=numbers)
    numbers += [factories.photo(post=photo.post, order=order).pk for order in range(3, 9)]
    with django_assert_num_queries(len(queries)):
        send("photos/order/", photo=numbers[::-1])


# Permission ---------------------------------------------------------------------------------------

CHANGES = ["", "cover/", "rotate/", "delete/"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_photo_of_another_persons_open_form_is_not_found(client, change):
    photo = factories.photo(autosave=factories.autosave())
    client.force_login(factories.staff())
    response = client.post(f"{BASE}photos/{photo.pk}/{change}", **SAME_ORIGIN)
    assert response.status_code == 404
    assert Photo.objects.get().image.name == photo.image.name


@pytest.mark.parametrize("change", CHANGES)
def test_changing_a_photo_needs_the_right_to_change_posts(client, photo, change):
    client.force_login(factories.staff_with("view_post", "add_post"))
    assert client.post(f"{BASE}photos/{photo.pk}/{change}", **SAME_ORIGIN).status_code == 403


def test_uploading_needs_the_right_of_the_form(client):
    client.force_login(factories.staff_with("view_post"))
    post = factories.post()
    address = f"{BASE}autosave/{uuid.uuid4()}/photos/"
    for entries in ({}, {"post": post.pk}):
        response = client.post(address, {"file": picture(), **entries}, **SAME_ORIGIN)
        assert response.status_code == 403
    assert not Autosave.objects.exists()


def test_the_key_of_another_persons_form_is_not_found(send):
    autosave = factories.autosave()
    assert upload(send, key=autosave.key).status_code == 404
    assert not autosave.photos.exists()


@pytest.mark.parametrize("address", ["photos/1/", "photos/order/"])
def test_without_a_login_a_script_is_told_to_wait(client, address):
    response = client.post(BASE + address, **SAME_ORIGIN)
    assert response.status_code == 401
    assert "Вход закончился" in response.json()["message"]


def test_another_site_changes_nothing(staff_client, photo):
    address = f"{BASE}photos/{photo.pk}/delete/"
    assert staff_client.post(address, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert staff_client.get(address).status_code == 405
    assert Photo.objects.exists()


def test_the_focus_decides_what_a_card_of_the_photo_shows(client, send):
    image = Image.new("RGB", (400, 400), "red")
    image.paste("blue", (0, 300, 400, 400))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    photo = Photo.objects.create(post=factories.post(), image=ContentFile(buffer.getvalue(), "a"))
    corners = []
    for focus in ("start", "end"):
        send(f"photos/{photo.pk}/", focus=focus)
        card = Image.open(io.BytesIO(client.get(photo.card_url).content))
        corners.append(card.getpixel((5, card.height - 5)))
    assert corners[0][0] > 200
    assert corners[1][2] > 200


def test_a_photo_decoded_while_its_form_is_saved_belongs_to_the_post(send, monkeypatch):
    clean, post = photos.clean_uploaded_photograph, factories.post()

    def save_meanwhile(file, turn):
        post.attach(Autosave.objects.get())
        return clean(file, turn)

    monkeypatch.setattr(photos, "clean_uploaded_photograph", save_meanwhile)
    upload(send)
    assert Photo.objects.get().post == post
