"""Saving the form of a post empties its slot and takes over the slot's photographs."""

from uuid import uuid4

import pytest

from news.models import Autosave, Post
from tests import factories
from tests.markup import Markup
from tests.news.test_autosaves import log_in, send
from tests.news.test_post_admin import ADD, change, entries
from tests.news.test_recovery import offered, photo_in, slot_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.staff()


@pytest.fixture
def client(teacher):
    return log_in(teacher)


def test_saving_the_form_empties_its_slot(client, teacher):
    slot = slot_of(teacher)
    client.post(ADD, entries(autosave=slot.pk))
    slot.refresh_from_db()
    assert (slot.entries, slot.post, slot.saved_at is None) == ("", Post.objects.get(), False)


def test_photographs_of_the_slot_become_those_of_the_post_in_order(client, teacher):
    slot = slot_of(teacher)
    second, first = photo_in(slot, order=2), photo_in(slot, order=1)
    client.post(ADD, entries(autosave=slot.pk))
    assert list(Post.objects.get().photos.all()) == [first, second]
    assert Post.objects.get().cover == first


def test_photographs_of_the_slot_follow_those_of_the_post(client, teacher):
    post = factories.post()
    stored = factories.photo(post, is_cover=True, order=1)
    slot = slot_of(teacher, post)
    added = photo_in(slot)
    client.post(change(post), entries(autosave=slot.pk))
    assert list(post.photos.all()) == [stored, added]
    assert Post.objects.get().cover == stored


def test_a_cover_chosen_in_the_slot_replaces_the_stored_one(client, teacher):
    post = factories.post()
    factories.photo(post, is_cover=True, order=1)
    slot = slot_of(teacher, post)
    added = [photo_in(slot, is_cover=True), photo_in(slot, is_cover=True)]
    client.post(change(post), entries(autosave=slot.pk))
    assert post.photos.covers().get() == added[0]


def test_an_invalid_form_keeps_its_slot_and_page(client, teacher):
    slot, page = slot_of(teacher), uuid4()
    photo_in(slot)
    response = client.post(ADD, entries(title="", autosave=slot.pk, autosave_page=page))
    assert response.context["slot"]["key"] == slot.pk
    assert response.context["slot"]["page"] == page
    assert offered(response) == []
    assert slot.photos.count() == 1
    assert Autosave.objects.get().title == "Круглый стол"


def test_the_slot_of_another_user_is_not_attached(client, teacher):
    slot = slot_of(factories.staff())
    photo_in(slot)
    assert client.post(ADD, entries(autosave=slot.pk)).status_code == 302
    assert Post.objects.get().photos.count() == 0
    assert Autosave.objects.get(pk=slot.pk).saved_at is None


def test_a_form_does_not_show_the_slot_of_another_user(client):
    slot = slot_of(factories.staff())
    response = client.post(ADD, entries(title="", autosave=slot.pk))
    assert response.context["slot"]["key"] != slot.pk


@pytest.mark.parametrize("key", ["", "x", "1", "\0"])
def test_a_form_without_a_valid_key_is_saved(client, key):
    assert client.post(ADD, entries(autosave=key)).status_code == 302


def test_entries_that_arrive_after_saving_are_told_apart(client, teacher):
    key = uuid4()
    client.post(ADD, entries(autosave=key))
    response = send(teacher, key)
    assert (response.status_code, "key" in response.json()) == (410, True)
    assert not Autosave.objects.unsaved().exists()


def test_a_new_post_sent_twice_is_stored_once(client):
    key = uuid4()
    client.post(ADD, entries(autosave=key))
    response = client.post(ADD, entries(autosave=key, lead="Дописано."), follow=True)
    assert Post.objects.count() == 1
    assert "уже сохранена" in response.content.decode()
    assert response.context["adminform"].form["lead"].value() == "Дописано."


def test_a_form_that_went_on_after_saving_stores_no_second_post(client):
    key = uuid4()
    client.post(ADD, entries(autosave=key))
    sent = entries(autosave=uuid4(), autosave_saved=key, lead="Дописано.")
    response = client.post(ADD, sent, follow=True)
    assert Post.objects.count() == 1
    assert response.context["adminform"].form["lead"].value() == "Дописано."


def test_the_form_of_a_deleted_post_is_offered_as_a_new_one(client):
    post = factories.post()
    address = change(post)
    post.delete()
    response = client.post(address, entries(lead="Дописано."), follow=True)
    assert response.context["adminform"].form["lead"].value() == "Дописано."
    assert "удалили" in response.content.decode()


def test_a_slot_outlives_its_post(teacher):
    slot = slot_of(teacher, factories.post())
    Post.objects.get().delete()
    assert list(teacher.autosaves.unsaved()) == [slot]


# A login that ended ------------------------------------------------------------------------------


def log_in_again(client, address, sent, user):
    """Send the form without a login, then all of it again with one; the page that shows it."""
    client.logout()
    page = Markup(client.post(address, sent).content.decode()).root
    hidden = {field["name"]: field.get("value", "") for field in page.all("input")}
    login = {"login-username": user.username, "login-password": factories.PASSWORD}
    return client.post(address, {**hidden, **login, "_review": "1"})


def test_a_form_that_logs_in_again_goes_on_in_its_slot(client, teacher):
    post = factories.draft(title="Круглый стол")
    slot, page = slot_of(teacher, post), uuid4()
    photo = photo_in(slot)
    sent = entries(autosave=slot.pk, autosave_page=page, version=1, slug=post.slug)
    context = log_in_again(client, change(post), sent, teacher).context
    assert (context["slot"]["key"], context["slot"]["page"]) == (slot.pk, page)
    assert client.post(change(post), sent).status_code == 302
    assert list(post.photos.all()) == [photo]


def test_a_version_that_became_stale_meanwhile_is_noticed_after_the_login(client, teacher):
    post = factories.draft(title="Круглый стол", lead="Было.")
    post.save()
    sent = entries(version=1, slug=post.slug, lead="Моё.")
    response = log_in_again(client, change(post), sent, teacher)
    assert [row["name"] for row in response.context["conflict"]["rows"]] == ["lead", "body"]


def test_another_user_who_logs_in_does_not_get_the_slot(client, teacher):
    slot = slot_of(teacher)
    photo_in(slot)
    response = log_in_again(client, ADD, entries(autosave=slot.pk), factories.staff())
    assert response.context["slot"]["key"] != slot.pk
    assert slot.photos.count() == 1
