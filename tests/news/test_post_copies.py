"""A copy of a post: a draft of its own, with photographs of its own."""

import pytest
from django.core.files.storage import default_storage

from news.editing.copies import copy_post
from news.models import Participation, Photo, Post
from tests import factories
from tests.news.test_preview_admin import text

pytestmark = pytest.mark.django_db
BASE = "/admin/news/post/"


@pytest.fixture
def post():
    return factories.announcement(
        title="День открытых дверей",
        lead="Приходите.",
        body="<p>Текст.</p>",
        place="Актовый зал",
        topic=factories.topic(),
    )


def copy(client, post, **options):
    return client.post(f"{BASE}{post.pk}/copy/", **options)


def test_a_copy_is_a_draft_with_texts_topic_and_partners(staff_client, post):
    partner = factories.partner()
    Participation.objects.create(post=post, partner=partner, is_host=True)
    response = copy(staff_client, post)
    made = Post.objects.exclude(pk=post.pk).get()
    assert response.headers["Location"] == f"{BASE}{made.pk}/change/"
    for name in ("kind", "title", "lead", "body", "place", "topic"):
        assert getattr(made, name) == getattr(post, name)
    assert made.slug != post.slug
    assert (made.published_at, made.event_date, made.announcement) == (None, None, None)
    assert list(made.participations.values_list("partner", "is_host")) == [(partner.pk, True)]


def test_the_staff_are_told_what_is_not_copied(staff_client, post):
    page = text(copy(staff_client, post, follow=True))
    assert "Даты события, документы и видео не скопированы" in page


def test_copied_photos_have_files_and_descriptions_of_their_own(post):
    factories.photo(post, order=1, alt="Зал", caption="В зале", credit="И. Иванов", consent="given")
    factories.photo(post, order=2, is_cover=True, focus="start")
    made, _ = copy_post(post, factories.staff())
    for old, new in zip(post.photos.all(), made.photos.all(), strict=True):
        assert new.key != old.key
        assert new.image.read() == old.image.read()
        new.image.close()
        old.image.close()
        for name in ("alt", "caption", "credit", "consent", "is_cover", "focus", "order"):
            assert getattr(new, name) == getattr(old, name)
        assert new.digest == old.digest


def test_the_copy_keeps_its_photos_when_the_original_is_deleted(
    post, django_capture_on_commit_callbacks
):
    factories.photo(post)
    made, _ = copy_post(post, factories.staff())
    with django_capture_on_commit_callbacks(execute=True):
        post.delete()
    assert default_storage.exists(made.photos.get().image.name)


def test_photos_in_the_text_are_those_of_the_copy(post):
    first, second = factories.photo(post), factories.photo(post)
    post.body = "".join(
        f'<p>А.</p><figure data-photo="{photo.pk}"></figure>' for photo in (second, first)
    )
    post.save()
    made, _ = copy_post(post, factories.staff())
    parts = [part for part in Post.objects.get(pk=made.pk).body_parts if isinstance(part, Photo)]
    assert [part.post_id for part in parts] == [made.pk, made.pk]


def test_a_photo_without_its_file_is_left_out_and_named(staff_client, post):
    lost, _ = factories.photo(post, caption="Утраченный снимок"), factories.photo(post)
    lost.image.storage.delete(lost.image.name)
    page = text(copy(staff_client, post, follow=True))
    assert "Без файла, поэтому не скопировано: «Утраченный снимок»" in page
    assert Post.objects.exclude(pk=post.pk).get().photos.count() == 1


def test_a_copy_that_fails_leaves_neither_rows_nor_files(post, monkeypatch, media_root):
    factories.photo(post)
    files = {*media_root.rglob("*.jpg")}

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("news.editing.copies.replace_placed", fail)
    with pytest.raises(RuntimeError):
        copy_post(post, factories.staff())
    assert Post.objects.count() == 1
    assert {*media_root.rglob("*.jpg")} == files


def test_a_copy_needs_the_permission_to_add_and_change_posts(sign_in, post):
    for codenames in (["view_post"], ["add_post", "view_post"], ["change_post"]):
        client = sign_in(*codenames)
        assert copy(client, post).status_code in (403, 404)
        assert "/copy/" not in text(client.get(f"{BASE}{post.pk}/change/"))
    assert client.get(f"{BASE}{post.pk}/copy/").status_code == 405
    assert Post.objects.count() == 1
    assert copy(sign_in("add_post", "change_post"), post).status_code == 303


def test_forty_photos_are_copied_with_few_queries_each(post, django_assert_max_num_queries):
    for order in range(4):
        factories.photo(post, order=order)
    with django_assert_max_num_queries(60):
        copy_post(post, factories.staff())
