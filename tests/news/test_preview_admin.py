"""Previews of a post in the admin, and the secret links that its form issues."""

import re

import pytest
from django.utils import timezone

from news.admin import PostAdmin
from news.models import PreviewLink
from tests import factories
from tests.college_site.test_security_headers import policy

pytestmark = pytest.mark.django_db
BASE = "/admin/news/post/"


@pytest.fixture
def post():
    return factories.draft(title="Черновик о практике")


def text(response):
    return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_the_form_of_a_stored_post_leads_to_its_preview(staff_client, post):
    form = text(staff_client.get(f"{BASE}{post.pk}/change/"))
    assert f'href="{BASE}{post.pk}/preview/"' in form
    assert "Предпросмотр" not in text(staff_client.get(f"{BASE}add/"))


def test_the_preview_says_that_the_page_is_not_published(staff_client, post):
    address = f"{BASE}{post.pk}/preview/"
    assert "Предпросмотр: страница не опубликована" in text(staff_client.get(address))
    post.publish()
    assert "Предпросмотр: страница опубликована" in text(staff_client.get(address))


def test_the_framed_page_is_the_page_of_the_stored_draft(staff_client, post):
    photo = factories.photo(post=post)
    page = text(staff_client.get(f"{BASE}{post.pk}/preview/page/"))
    assert f"<h1>{'Черновик о практике'}</h1>" in page
    assert f'"{photo.url}"' in page
    assert "article:published_time" not in page


@pytest.mark.parametrize(
    ("shape", "frame"),
    [
        ("desk", "preview__page--desk"),
        ("phone", "preview__page--phone"),
        ("accessible", "preview__page--accessible"),
        ("nonsense", "preview__page--desk"),
    ],
)
def test_the_page_is_shown_in_the_chosen_shape(staff_client, post, shape, frame):
    page = text(staff_client.get(f"{BASE}{post.pk}/preview/?shape={shape}"))
    assert frame in page
    accessible = re.search(r'<iframe[^>]*src="([^"]+)"', page)[1]
    shown = text(staff_client.get(accessible))
    assert ('class="accessible-version' in shown) == (shape == "accessible")


def test_only_the_framed_page_may_stand_in_a_frame_of_this_site(staff_client, post):
    framed = staff_client.get(f"{BASE}{post.pk}/preview/page/")
    assert policy(framed)["frame-ancestors"] == ["'self'"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    around = staff_client.get(f"{BASE}{post.pk}/preview/")
    assert policy(around)["frame-ancestors"] == ["'none'"]
    assert policy(around)["frame-src"] == ["'self'"]
    assert around.headers["X-Frame-Options"] == "DENY"


def test_a_video_of_a_previewed_post_keeps_its_player(staff_client, post):
    factories.video(post)
    framed = staff_client.get(f"{BASE}{post.pk}/preview/page/")
    assert policy(framed)["frame-src"] == ["https://vkvideo.ru"]
    assert policy(framed)["frame-ancestors"] == ["'self'"]


@pytest.mark.parametrize("page", ["preview/", "preview/page/"])
def test_a_preview_takes_twelve_queries_at_most(
    staff_client, post, page, django_assert_max_num_queries
):
    for order in range(3):
        factories.photo(post=post, order=order)
    with django_assert_max_num_queries(14):  # two of them find the login
        staff_client.get(f"{BASE}{post.pk}/{page}")


@pytest.mark.parametrize("page", ["preview/", "preview/page/"])
def test_a_preview_needs_the_permission_to_view_posts(sign_in, post, page):
    address = f"{BASE}{post.pk}/{page}"
    assert sign_in("view_post").get(address).status_code == 200
    assert sign_in("add_post", "view_topic").get(address).status_code == 403


def test_without_the_permission_a_missing_post_answers_as_a_stored_one(sign_in, post):
    client = sign_in("view_topic")
    numbers = (post.pk, post.pk + 1)
    pages = [client.get(f"{BASE}{number}/preview/") for number in numbers]
    assert [page.status_code for page in pages] == [403, 403]


def test_who_may_not_view_one_post_gets_no_preview_of_it(staff_client, post, monkeypatch):
    def may_view(self, request, obj=None):
        return obj is None

    monkeypatch.setattr(PostAdmin, "has_view_permission", may_view)
    assert staff_client.get(f"{BASE}{post.pk}/preview/").status_code == 403


# Secret links -------------------------------------------------------------------------------------


def create(client, post):
    return client.post(f"{BASE}{post.pk}/preview-links/")


def shown_address(response):
    return re.search(r"http://testserver(/preview/[\w-]{43}/)", text(response))[1]


def test_a_new_link_is_shown_once_and_opens_the_draft(staff_client, post):
    response = create(staff_client, post)
    assert "no-store" in response.headers["Cache-Control"]
    address = shown_address(response)
    assert "Черновик о практике" in text(staff_client.get(address))
    assert address not in text(staff_client.get(f"{BASE}{post.pk}/change/"))


def test_the_form_tells_who_made_a_link_and_when_it_was_opened(staff_client, post):
    user = factories.staff(first_name="Анна Петровна", last_name="Иванова")
    PreviewLink.issue(post, user)
    form = text(staff_client.get(f"{BASE}{post.pk}/change/"))
    assert "Иванова А. П." in form
    assert "ещё не открывали" in form
    PreviewLink.objects.update(last_opened_at=timezone.now())
    assert "открывали " in text(staff_client.get(f"{BASE}{post.pk}/change/"))


def test_a_revoked_link_is_listed_no_longer(staff_client, post):
    address = shown_address(create(staff_client, post))
    link = PreviewLink.objects.get()
    response = staff_client.post(f"{BASE}preview-links/{link.pk}/revoke/")
    assert "Действующих ссылок нет" in text(response)
    assert staff_client.get(address).status_code == 404


def test_revoking_twice_keeps_the_first_moment(staff_client, post):
    create(staff_client, post)
    link = PreviewLink.objects.get()
    for _ in range(2):
        staff_client.post(f"{BASE}preview-links/{link.pk}/revoke/")
        moment, link = link.revoked_at, PreviewLink.objects.get()
    assert moment == link.revoked_at


def test_a_published_post_has_no_secret_links(staff_client):
    post = factories.post()
    assert "Ссылка для согласования" not in text(staff_client.get(f"{BASE}{post.pk}/change/"))
    assert create(staff_client, post).status_code == 404


def test_only_who_may_change_the_post_makes_and_revokes_links(sign_in, post):
    client = sign_in("view_post")
    assert create(client, post).status_code == 403
    assert "preview-links" not in text(client.get(f"{BASE}{post.pk}/change/"))
    PreviewLink.issue(post, None)
    link = PreviewLink.objects.get()
    assert client.post(f"{BASE}preview-links/{link.pk}/revoke/").status_code == 403
    assert PreviewLink.objects.active().count() == 1
    assert create(sign_in("change_post", "publish_post"), post).status_code == 200


def test_a_link_is_neither_made_nor_revoked_by_following_an_address(staff_client, post):
    PreviewLink.issue(post, None)
    link = PreviewLink.objects.get()
    for path in (f"{post.pk}/preview-links/", f"preview-links/{link.pk}/revoke/"):
        assert staff_client.get(BASE + path).status_code == 405


def test_another_site_cannot_have_a_link_made(csrf_client, post):
    csrf_client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    assert create(csrf_client, post).status_code == 403
    assert not PreviewLink.objects.exists()
