"""What an author may do with own posts."""

import pytest

from college_site.accounts.roles import AUTHOR
from news.models import Document, Participation, Photo, Post, Video
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_post_access import LIST, MARK, client_of, own_draft
from tests.news.test_post_admin import ADD, change, entries

pytestmark = pytest.mark.django_db


def later():
    return "2999-01-01T00:00+00:00"


def test_an_author_may_look_at_a_scheduled_post_and_change_nothing():
    author = factories.member(AUTHOR)
    post = factories.post(author=author, published_at=later())
    client = log_in(author)
    assert client.get(change(post)).status_code == 200
    client.post(change(post), entries(title="Позже", slug=post.slug))
    client.post(f"{LIST}{post.pk}/delete/", {"post": "yes"})
    assert Post.objects.get().title == post.title


def test_an_author_does_not_change_an_own_published_post():
    author = factories.member(AUTHOR)
    post = factories.post(author=author)
    photo = factories.photo(post=post)
    client = log_in(author)
    client.post(change(post), entries(title="Позже", slug=post.slug))
    assert client.post(f"{LIST}photos/{photo.pk}/delete/").status_code == 404
    assert (Post.objects.get().title, Photo.objects.count()) == (post.title, 1)


def test_an_author_deletes_own_drafts_only():
    author = factories.member(AUTHOR)
    own, scheduled = factories.draft(author=author), factories.post(author=author)
    Post.objects.filter(pk=scheduled.pk).update(published_at=later())
    sent = {"action": "delete_selected", "post": "yes"}
    client = client_of(author)
    client.post(LIST, {**sent, "_selected_action": [own.pk, scheduled.pk]})
    assert Post.objects.count() == 2
    client.post(LIST, {**sent, "_selected_action": [own.pk]})
    assert list(Post.objects.outside_bin()) == [scheduled]


def test_the_inlines_of_an_author_can_be_filled():
    author = factories.member(AUTHOR)
    video = {"address": "https://vkvideo.ru/video-1_2", "title": "День"}
    row = {f"videos-0-{name}": value for name, value in {**video, "order": 0}.items()}
    partner = {"participations-0-partner": factories.partner().pk, "participations-0-order": 0}
    counts = {"videos-TOTAL_FORMS": 1, "participations-TOTAL_FORMS": 1}
    log_in(author).post(ADD, entries(**counts, **row, **partner))
    assert (Video.objects.count(), Participation.objects.count()) == (1, 1)


def test_a_row_of_another_post_cannot_be_taken_over():
    draft, _ = own_draft(factories.member(AUTHOR))
    author = factories.member(AUTHOR)
    own = factories.draft(author=author)
    document = Document.objects.get(post=draft)
    row = {"id": document.pk, "post": own.pk, "title": "Моё", "order": 0}
    sent = {f"documents-0-{name}": value for name, value in row.items()}
    counts = {"documents-TOTAL_FORMS": 1, "documents-INITIAL_FORMS": 1}
    log_in(author).post(change(own), entries(slug=own.slug, **counts, **sent))
    document.refresh_from_db()
    assert (document.post, document.title) == (draft, MARK)
