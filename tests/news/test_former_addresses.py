"""A changed address leads to the present one for ever, as far as visitors may see the post."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import FormerAddress, Post
from tests import factories
from tests.news.test_post_admin import ADD, change, entries, errors

pytestmark = pytest.mark.django_db


def rename(post, slug):
    post.slug = slug
    post.save()


@pytest.fixture
def renamed():
    factories.college()
    post = factories.announcement(slug="staryj")
    rename(post, "novyj")
    return post


@pytest.mark.parametrize("form", ["/news/{}/", "/news/{}/event.ics", "/cards/{}.png"])
def test_a_former_address_leads_to_the_present_one(client, renamed, form):
    for method in (client.get, client.head):
        response = method(form.format("staryj"))
        assert (response.status_code, response.url) == (301, form.format("novyj"))
    assert client.get(form.format("novyj")).status_code == 200


def test_the_query_is_passed_on(client, renamed):
    assert client.get("/news/staryj/?from=vk&a=%D0%B0").url == "/news/novyj/?from=vk&a=%D0%B0"


def test_a_redirect_is_asked_for_again_each_time(client, renamed):
    assert client.get("/news/staryj/")["Cache-Control"] == "no-cache"


def test_several_changes_need_one_redirect(client, renamed):
    rename(renamed, "tretij")
    assert client.get("/news/staryj/").url == "/news/tretij/"
    assert client.get("/news/novyj/").url == "/news/tretij/"


def test_an_address_that_is_taken_back_shows_the_page_again(client, renamed):
    rename(renamed, "staryj")
    assert client.get("/news/staryj/").status_code == 200
    assert client.get("/news/novyj/").url == "/news/staryj/"
    assert FormerAddress.objects.get().slug == "novyj"


def test_a_post_that_is_hidden_leads_nowhere(client, renamed):
    etag = client.get("/news/staryj/")["ETag"]
    renamed.unpublish()
    response = client.get("/news/staryj/", headers={"If-None-Match": etag})
    assert response.status_code == 404
    renamed.publish()
    assert client.get("/news/staryj/").status_code == 301
    renamed.move_to_bin(None)
    assert client.get("/news/staryj/").status_code == 404


def test_an_address_that_visitors_never_saw_becomes_free():
    post = factories.draft(slug="staryj")
    rename(post, "novyj")
    assert not FormerAddress.objects.exists()
    scheduled = factories.post(published_at=timezone.now() + datetime.timedelta(days=1))
    rename(scheduled, "drugoj")
    assert not FormerAddress.objects.exists()


@pytest.mark.parametrize(
    ("make", "slug", "after"),
    [
        (factories.draft, "pervyj-zagolovok", "kruglyj-stol"),
        (factories.draft, "pervyj-zagolovok-2", "kruglyj-stol"),
        (factories.draft, "svoj-adres", "svoj-adres"),
        (factories.post, "pervyj-zagolovok", "pervyj-zagolovok"),
    ],
)
def test_the_address_follows_the_title_until_visitors_see_it(staff_client, make, slug, after):
    post = make(title="Первый заголовок", slug=slug)
    staff_client.post(change(post), entries(slug=slug, version=post.version))
    stored = Post.objects.get()
    assert (stored.title, stored.slug) == ("Круглый стол", after)


def test_the_address_of_a_withdrawn_post_is_remembered(client):
    post = factories.post(slug="staryj")
    post.unpublish()
    rename(post, "novyj")
    post.publish()
    assert client.get("/news/staryj/").url == "/news/novyj/"


def test_a_new_post_gets_no_former_address_of_another(renamed):
    other = factories.post(title="Старый")
    assert other.slug == "staryj-2"


def test_a_former_address_of_another_is_refused_with_the_reason(staff_client, renamed):
    [error] = errors(staff_client.post(ADD, entries(slug="staryj")))["slug"]
    assert "раньше была другая публикация" in error


def test_an_own_former_address_can_be_chosen_in_the_form(staff_client, renamed):
    sent = entries(kind="announcement", event_date="01.02.2030", slug="staryj", version=2)
    sent |= {"published_at_0": "", "published_at_1": ""}
    response = staff_client.post(change(renamed), sent)
    assert response.status_code == 302
    assert Post.objects.get().slug == "staryj"


def test_a_page_that_exists_asks_for_no_former_address(client, renamed):
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/news/novyj/").status_code == 200
    assert not [query for query in captured if "formeraddress" in query["sql"]]


def test_unknown_addresses_stay_unknown(client, renamed):
    assert client.get("/news/net-takoj/").status_code == 404


def test_deleting_a_post_for_good_frees_its_addresses(renamed):
    renamed.move_to_bin(None)
    renamed.purge()
    assert not FormerAddress.objects.exists()
    assert factories.post(title="Старый").slug == "staryj"
