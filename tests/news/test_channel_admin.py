"""The panel «Для VK, MAX, Telegram» of a post: texts, photographs, what was handed out."""

import datetime
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from news.admin.posts import list_panels
from news.models import Handout
from tests import factories
from tests.news.test_preview_admin import text

pytestmark = pytest.mark.django_db
BASE = "/admin/news/post/"


@pytest.fixture
def post():
    return factories.post(title="Круглый стол", slug="kruglyy-stol")


def form(client, post):
    return text(client.get(f"{BASE}{post.pk}/change/"))


def download(client, post, channel):
    return client.post(f"{BASE}{post.pk}/channels/{channel}/photos/")


def unpack(response):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response)))
    assert archive.testzip() is None
    return {name: Image.open(archive.open(name)).size for name in archive.namelist()}


def test_the_form_of_a_published_post_offers_a_text_for_each_channel(staff_client, post):
    page = form(staff_client, post)
    for words in ("Для VK, MAX, Telegram", "Telegram, под фотографией"):
        assert words in page
    assert page.count("На сайте: http://testserver/news/kruglyy-stol/") == 4


def test_a_scheduled_post_is_offered_with_a_word_about_its_link(staff_client):
    post = factories.post(published_at=timezone.now() + datetime.timedelta(days=1))
    assert "До этого ссылка не откроется" in form(staff_client, post)


def test_a_draft_is_not_offered_to_channels(staff_client):
    post = factories.draft()
    assert "Для VK, MAX, Telegram" not in form(staff_client, post)
    assert staff_client.post(f"{BASE}{post.pk}/channels/vk/").status_code == 404
    assert download(staff_client, post, "vk").status_code == 404


def test_what_was_copied_is_remembered_and_shown(client, post):
    user = factories.staff(last_name="Иванова", first_name="Анна")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(f"{BASE}{post.pk}/channels/vk/")
    assert response.status_code == 200
    handout = Handout.objects.get()
    assert (handout.post, handout.user, handout.channel) == (post, user, "vk")
    for page in (text(response), form(client, post)):
        assert "Текст скопирован для VK" in page
        assert "Иванова А." in page
        assert "скопирован для MAX" not in page


def test_only_the_latest_handout_of_each_kind_is_shown(staff_client, post):
    for channel in ("vk", "vk", "max"):
        staff_client.post(f"{BASE}{post.pk}/channels/{channel}/")
    page = form(staff_client, post)
    assert page.count("Текст скопирован для VK") == 1
    assert page.count("Текст скопирован для MAX") == 1


def test_an_unknown_channel_is_not_found(staff_client, post):
    assert staff_client.post(f"{BASE}{post.pk}/channels/fax/").status_code == 404
    assert not Handout.objects.exists()


def test_the_photos_come_as_one_archive_the_cover_first(staff_client, post):
    factories.photo(post, (1600, 900), order=1)
    factories.photo(post, (900, 1600), order=2, is_cover=True)
    response = download(staff_client, post, "vk")
    assert response.streaming
    assert response.headers["Content-Disposition"] == 'attachment; filename="kruglyy-stol-vk.zip"'
    assert unpack(response) == {"01.jpg": (900, 1600), "02.jpg": (1600, 900)}
    assert Handout.objects.get().has_photos
    assert "Фотографии скачаны для VK" in form(staff_client, post)


def test_photos_for_telegram_are_at_most_1280_pixels_long(staff_client, post):
    factories.photo(post, (1600, 900))
    factories.photo(post, (640, 480))
    sizes = unpack(download(staff_client, post, "telegram"))
    assert sizes == {"01.jpg": (1280, 720), "02.jpg": (640, 480)}


def test_no_more_than_ten_photos_are_packed_and_the_panel_says_so(staff_client, post):
    for order in range(12):
        factories.photo(post, order=order)
    assert "первые 10 из 12" in form(staff_client, post)
    assert len(unpack(download(staff_client, post, "max"))) == 10


def test_a_photo_without_its_file_does_not_spoil_the_archive(staff_client, post):
    lost, _ = factories.photo(post, order=1), factories.photo(post, order=2)
    lost.image.storage.delete(lost.image.name)
    assert list(unpack(download(staff_client, post, "vk"))) == ["02.jpg"]


def test_a_post_without_photos_offers_no_archive(staff_client, post):
    assert "photos/" not in form(staff_client, post).partition("Для VK, MAX, Telegram")[2]
    assert download(staff_client, post, "vk").status_code == 404


@pytest.mark.parametrize("path", ["channels/vk/", "channels/vk/photos/"])
def test_channels_need_the_permission_to_change_the_post(sign_in, post, path):
    factories.photo(post)
    client = sign_in("view_post")
    assert client.post(f"{BASE}{post.pk}/{path}").status_code == 403
    assert "Для VK, MAX, Telegram" not in form(client, post)
    assert not Handout.objects.exists()
    assert client.get(f"{BASE}{post.pk}/{path}").status_code == 405
    response = sign_in("change_post", "publish_post").post(f"{BASE}{post.pk}/{path}")
    assert response.status_code == 200
    response.getvalue()


@pytest.mark.parametrize("path", ["channels/vk/", "channels/vk/photos/"])
def test_handing_out_takes_twelve_queries_at_most(
    staff_client, post, path, django_assert_max_num_queries
):
    for order in range(5):
        factories.photo(post, order=order)
        Handout.objects.create(post=post, channel="vk", user=factories.staff())
    with django_assert_max_num_queries(12):
        staff_client.post(f"{BASE}{post.pk}/{path}").getvalue()


def test_the_panels_of_a_form_take_three_queries(staff_client, post):
    for _ in range(5):
        factories.photo(post)
        Handout.objects.create(post=post, channel="vk", user=factories.staff())
    with CaptureQueriesContext(connection) as queries:
        list_panels(post)
    assert len(queries) <= 3
