"""Conditional requests: 304 for unchanged pages, never for changed ones."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django.utils.http import http_date

from college_site.http import conditional_get
from college_site.models import College
from college_site.pages.accessible_version import COOKIE
from feedback.models import Publication, Suggestion
from feedback.public_answers import votes
from news.models import Partner, Photo, Post
from news.photos.rendition_job import render_due_photo
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/",
    "/news/",
    "/feed/rss.xml",
    "/feed/atom.xml",
    "/feed/feed.json",
    "/events.ics",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-posts-1.xml",
    "/sitemap-news.xml",
    "/card.png",
    "/cards/den.png",
    "/news/den/",
    "/news/den/event.ics",
    "/topics/praktika/rss.xml",
    "/partners/zavod/atom.xml",
    "/events/",
    "/topics/",
    "/topics/praktika/",
    "/partners/",
    "/partners/zavod/",
    "/search/?q=анонс",
    "/accessibility/?next=/news/",
    "/feedback/",
    "/feedback/figures/",
    "/feedback/answers/",
    "/feedback/answers/atom.xml",
    "/feedback/answers/sitemap-1.xml",
]


@pytest.fixture
def post(db):
    factories.college()
    topic = factories.topic(slug="praktika")
    factories.publication(pk=900)
    post = factories.announcement(slug="den", topic=topic, pk=900)
    post.participations.create(partner=factories.partner(slug="zavod"))
    return post


@pytest.fixture
def is_fresh(client, post):
    """A function that returns whether the cached page is still valid (304)."""
    seen = {}

    def is_unchanged(path="/"):
        if path not in seen:
            seen[path] = client.get(path).headers["ETag"]
        return client.get(path, headers={"If-None-Match": seen[path]}).status_code == 304

    assert is_unchanged()
    return is_unchanged


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_unchanged_page_is_answered_304_with_one_query(
    client, post, path, django_assert_num_queries
):
    answer = client.get(path)
    assert answer.status_code == 200
    with django_assert_num_queries(1):
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_unchanged_page_is_answered_304_by_date(client, post, path):
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=3)):
        answer = client.get(path)
        since = {"If-Modified-Since": answer.headers["Last-Modified"]}
        assert client.get(path, headers=since).status_code == 304


def test_a_date_the_page_did_not_send_is_ignored(client, post):
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=3)):
        since = {"If-Modified-Since": http_date(timezone.now().timestamp())}
        assert client.get("/", headers=since).status_code == 200
        assert client.get("/news/no-such-post/", headers=since).status_code == 404


def test_two_changes_within_a_second_are_distinguished(client, post):
    """Last-Modified has a resolution of one second, so it is sent only after that second."""
    moment = (timezone.now() + datetime.timedelta(hours=1)).replace(microsecond=0)
    with time_machine.travel(moment, tick=False) as clock:
        conditional_get.invalidate()
        assert "Last-Modified" not in client.get("/").headers
        clock.shift(2)
        assert client.get("/").headers["Last-Modified"] == http_date(moment.timestamp())


def test_an_etag_is_valid_for_one_url_only(client, post):
    tag = {"If-None-Match": client.get("/news/").headers["ETag"]}
    assert client.get("/news/?page=2", headers=tag).status_code == 200
    assert client.get("/news/no-such-post/", headers=tag).status_code == 404


@pytest.mark.parametrize("path", ADDRESSES)
def test_browsers_must_revalidate_every_time(client, post, path):
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in answer.headers["Vary"]
    unchanged = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in unchanged.headers["Vary"]


def test_head_has_the_same_etag_as_get(client, post):
    assert client.head("/").headers["ETag"] == client.get("/").headers["ETag"]


CHANGES = {
    "a saved post": lambda post: post.save(),
    "a new draft": lambda post: factories.draft(),
    "a withdrawn post": lambda post: post.unpublish(),
    "a deleted post": lambda post: post.delete(),
    "posts deleted together": lambda post: Post.objects.all().delete(),
    "a photograph": lambda post: factories.photo(post),
    "a document": lambda post: factories.document(post),
    "a topic": lambda post: post.topic.save(),
    "a partner": lambda post: Partner.objects.get().save(),
    "participation": lambda post: post.partners.clear(),
    "the college": lambda post: College.objects.get().save(),
    "a link of the footer": lambda post: College.objects.get().links.create(title="x", url="y"),
    "a consent": lambda post: factories.consent(),
    "a withdrawn suggestion": lambda post: Suggestion.objects.get().withdraw(uuid4()),
    "a suggestion with another topic": lambda post: Suggestion.objects.get().save(),
    "an explicit bump": lambda post: conditional_get.invalidate(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_invalidates_cached_pages(is_fresh, post, change):
    CHANGES[change](post)
    assert not is_fresh()


def test_finished_renditions_invalidate_cached_pages(client, is_fresh, post):
    factories.photo(post)
    before = client.get("/").headers["ETag"]
    assert render_due_photo()
    assert Photo.objects.get().renditions_due_at is None
    assert client.get("/", headers={"If-None-Match": before}).status_code == 200


def test_pages_change_once_for_all_photos_of_a_post(is_fresh, post):
    for _ in range(3):
        factories.photo(post)
    is_fresh("/news/")
    for _ in range(2):
        render_due_photo()
        assert is_fresh("/news/")
    render_due_photo()
    assert not is_fresh("/news/")


def test_pages_change_although_the_last_photo_of_a_post_fails(is_fresh, post, monkeypatch):
    photos = [factories.photo(post) for _ in range(2)]
    is_fresh("/news/")
    render_due_photo()
    photos[1].image.storage.delete(photos[1].image.name)
    render_due_photo()
    assert not is_fresh("/news/")


def test_a_suggestion_does_not_invalidate_cached_pages(is_fresh):
    topic = factories.suggestion_topic()
    assert not is_fresh()
    assert is_fresh("/events/")
    factories.suggestion(topic=topic)
    assert is_fresh("/events/")


def test_a_scheduled_post_invalidates_pages_when_published(client, post):
    moment = timezone.now().replace(microsecond=0) + datetime.timedelta(seconds=40)
    factories.post(published_at=moment)
    with time_machine.travel(moment - datetime.timedelta(seconds=1), tick=False):
        before = client.get("/").headers
    with time_machine.travel(moment, tick=False):
        by_tag = client.get("/", headers={"If-None-Match": before["ETag"]})
        by_date = client.get("/", headers={"If-Modified-Since": before["Last-Modified"]})
    assert (by_tag.status_code, by_date.status_code) == (200, 200)


def test_a_scheduled_result_post_appears_on_its_answer_when_published(client, post):
    moment = timezone.now().replace(microsecond=0) + datetime.timedelta(seconds=40)
    result = factories.post(published_at=moment, title="Лавочки стоят")
    path = factories.publication(result_post=result).get_absolute_url()
    with time_machine.travel(moment - datetime.timedelta(seconds=1), tick=False):
        before = client.get(path).headers["ETag"]
    with time_machine.travel(moment, tick=False):
        answer = client.get(path, headers={"If-None-Match": before})
    assert "Лавочки стоят" in answer.content.decode()


def test_an_expired_post_invalidates_the_news_sitemap(client, post):
    moment = (post.published_at + datetime.timedelta(days=2)).replace(microsecond=0)
    with time_machine.travel(moment - datetime.timedelta(seconds=5), tick=False):
        before = client.get("/sitemap-news.xml")
    with time_machine.travel(moment + datetime.timedelta(seconds=5), tick=False):
        by_tag = {"If-None-Match": before.headers["ETag"]}
        by_date = {"If-Modified-Since": before.headers["Last-Modified"]}
        assert client.get("/sitemap-news.xml", headers=by_tag).status_code == 200
        after = client.get("/sitemap-news.xml", headers=by_date)
    assert b"<url>" in before.content
    assert b"<url>" not in after.content


def test_a_new_day_invalidates_cached_pages(client, post):
    evening = timezone.make_aware(datetime.datetime(2030, 5, 1, 23, 59, 59))
    with time_machine.travel(evening, tick=False):
        before = client.get("/").headers["ETag"]
    with time_machine.travel(evening + datetime.timedelta(seconds=1), tick=False):
        assert client.get("/", headers={"If-None-Match": before}).status_code == 200


def test_a_release_invalidates_cached_pages(is_fresh, monkeypatch):
    monkeypatch.setattr(conditional_get, "release", lambda: ("another", timezone.now()))
    assert not is_fresh()


def test_the_accessible_version_changes_the_etag(client, is_fresh):
    client.cookies[COOKIE] = "size-2"
    assert not is_fresh()


def test_the_vote_of_a_browser_changes_the_etag_of_its_answer(client, is_fresh):
    path = Publication.objects.get().get_absolute_url()
    assert is_fresh(path)
    client.cookies[votes.COOKIE] = "x"
    assert not is_fresh(path)


def test_cookies_that_change_no_page_do_not_change_the_etag(client, is_fresh):
    for name in ("sessionid", "csrftoken", "_ym_uid"):
        client.cookies[name] = "x"
    assert is_fresh()


def test_pages_with_forms_have_no_etag(client, post):
    for path in ("/feedback/new/", "/feedback/status/"):
        assert "ETag" not in client.get(path).headers


def test_a_missing_page_has_no_etag(client, post):
    assert "ETag" not in client.get("/news/no-such-post/").headers


def test_a_site_without_a_college_has_no_etag(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_a_rolled_back_change_does_not_invalidate_cached_pages(is_fresh):
    with transaction.atomic():
        factories.draft()
        transaction.set_rollback(True)
    assert is_fresh()
