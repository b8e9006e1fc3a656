"""Slots of unsaved entries: who may write, what is stored, what is refused."""

from uuid import uuid4

import pytest
from django.http import QueryDict

from news.models import Autosave, Post
from tests import factories
from tests.clients import browser

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def log_in(user):
    client = browser()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def teacher():
    return factories.staff()


def message(user, **fields):
    entries = [["title", "Круглый стол"], ["lead", "Вчера."]]
    return {"user": user.pk, "post": None, "page": str(PAGE), "entries": entries, **fields}


PAGE = uuid4()
KEY = uuid4()


def send(user, key=KEY, client=None, **fields):
    client = client or log_in(user)
    return client.post(
        f"/admin/news/post/autosave/{key}/", message(user, **fields), "application/json"
    )


def test_entries_of_a_new_post_are_stored(teacher):
    response = send(teacher)
    assert response.status_code == 200
    slot = Autosave.objects.get()
    assert (slot.user, slot.post, slot.title) == (teacher, None, "Круглый стол")


def test_the_next_entries_replace_the_earlier_ones(teacher):
    send(teacher)
    send(teacher, entries=[["title", "Другое"]])
    assert Autosave.objects.get().data == QueryDict("title=Другое")


def test_entries_of_a_stored_post_name_it_and_leave_it_unchanged(teacher):
    post = factories.post(title="Было")
    send(teacher, post=post.pk)
    assert Autosave.objects.get().post == post
    assert Post.objects.get().title == "Было"


def test_buttons_and_tokens_are_not_stored(teacher):
    names = ("_publish", "csrfmiddlewaretoken", "autosave", "autosave_page", "version")
    send(teacher, entries=[[name, "1"] for name in names])
    assert Autosave.objects.get().data == QueryDict("version=1")


def test_every_character_survives(teacher):
    text = "«Ёлка» & 100 % = \0 \U0001f384\n\r\n+"
    send(teacher, entries=[["lead", text]])
    assert Autosave.objects.get().data["lead"] == text


def test_half_of_a_character_is_replaced(teacher):
    send(teacher, entries=[["lead", "\ud83c"]])
    assert Autosave.objects.get().data["lead"] == "?"


def test_the_largest_number_of_entries_can_be_read_again(teacher):
    send(teacher, entries=[["a", "b"]] * 1900)
    assert len(Autosave.objects.get().data.getlist("a")) == 1900


# Who may write ------------------------------------------------------------------------------------


def test_the_slot_of_another_user_is_not_found(teacher):
    send(teacher)
    assert send(factories.staff(), entries=[["title", "Чужое"]]).status_code == 404
    assert Autosave.objects.get().title == "Круглый стол"


def test_the_slot_of_another_post_is_not_found(teacher):
    send(teacher)
    assert send(teacher, post=factories.post().pk).status_code == 404
    assert Autosave.objects.get().post is None


@pytest.mark.parametrize("post", [10**30, "x", "1 OR 1=1", -1, [1], {"pk": 1}, True])
def test_a_post_that_does_not_exist_is_refused(teacher, post):
    assert send(teacher, post=post).status_code == 404
    assert not Autosave.objects.exists()


@pytest.mark.parametrize(
    ("permissions", "for_new", "for_stored"),
    [
        ([], 403, 404),
        (["view_post"], 403, 403),
        (["add_post"], 200, 404),
        (["view_post", "change_post"], 403, 403),
        (["change_post"], 403, 404),
        (["change_post", "publish_post"], 403, 200),
    ],
)
def test_the_permission_is_that_of_the_form(permissions, for_new, for_stored):
    user, post = factories.staff_with(*permissions), factories.post()
    assert send(user, uuid4()).status_code == for_new
    assert send(user, uuid4(), post=post.pk).status_code == for_stored


def test_a_visitor_is_told_to_log_in(client, teacher):
    response = send(teacher, client=client)
    assert response.status_code == 401
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("field", ["is_staff", "is_active"])
def test_former_staff_cannot_write(teacher, field):
    client = log_in(teacher)
    setattr(teacher, field, False)
    teacher.save()
    assert send(teacher, client=client).status_code == 401
    assert not Autosave.objects.exists()


def test_a_page_of_an_earlier_login_does_not_write_for_the_next(teacher):
    response = send(teacher, client=log_in(factories.staff()))
    assert response.status_code == 403
    assert not Autosave.objects.exists()


def test_a_page_of_another_site_cannot_write(teacher):
    client = log_in(teacher)
    client.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert send(teacher, client=client).status_code == 403
    assert not Autosave.objects.exists()


def test_a_slot_cannot_be_read_with_get(teacher):
    send(teacher)
    assert log_in(teacher).get(f"/admin/news/post/autosave/{KEY}/").status_code == 405


# What is refused ----------------------------------------------------------------------------------


BAD_BODIES = ["", "{", "[" * 100_000, "[]", "null", "1", '"x"', "\xff", '{"user": 9' + "9" * 5000]


@pytest.mark.parametrize("body", BAD_BODIES)
def test_a_body_that_is_no_object_is_refused(teacher, body):
    client = log_in(teacher)
    response = client.post(
        f"/admin/news/post/autosave/{KEY}/", body, content_type="application/json"
    )
    assert response.status_code == 422
    assert not Autosave.objects.exists()


BAD_ENTRIES = [
    None,
    "x",
    {"title": "x"},
    [1],
    ["ab"],
    [["title"]],
    [["title", 1]],
    [["a", "b"]] * 1901,
]


@pytest.mark.parametrize("entries", [*BAD_ENTRIES, [["a", "b"]] * 1901])
def test_entries_that_are_no_list_of_pairs_are_refused(teacher, entries):
    send(teacher)
    assert send(teacher, entries=entries).status_code == 422
    assert Autosave.objects.get().title == "Круглый стол"


@pytest.mark.parametrize("fields", [{"page": None}, {"page": "x"}, {"page": 7}])
def test_a_page_without_a_name_is_refused(teacher, fields):
    assert send(teacher, **fields).status_code == 422


def test_more_than_a_megabyte_is_refused_with_the_limit(teacher):
    response = send(teacher, entries=[["body", "x" * 1024 * 1024]])
    assert response.status_code == 422
    assert "1 МБ" in response.json()["message"]


def test_a_user_has_a_limited_number_of_slots(teacher, monkeypatch):
    monkeypatch.setattr("news.admin.versions.autosaves.MAX_SLOTS", 2)
    statuses = [send(teacher, uuid4()).status_code for _ in range(3)]
    assert statuses == [200, 200, 422]
    assert Autosave.objects.count() == 2


# Two pages ----------------------------------------------------------------------------------------


def test_a_second_page_does_not_overwrite_the_first(teacher):
    send(teacher)
    response = send(teacher, page=str(uuid4()), entries=[["title", "Другая вкладка"]])
    assert response.status_code == 409
    assert response.json()["key"] != str(KEY)
    assert Autosave.objects.get().title == "Круглый стол"


def test_a_page_that_knows_the_latest_entries_takes_the_slot_over(teacher):
    send(teacher)
    seen = Autosave.objects.get().updated_at.isoformat()
    later = {"page": str(uuid4()), "seen": seen, "entries": [["title", "Позже"]]}
    assert send(teacher, **later).status_code == 200
    assert send(teacher).status_code == 409
    assert Autosave.objects.get().title == "Позже"


@pytest.mark.parametrize("seen", ["", "x", "2026-13-45T00:00", 5, "2026-01-01T00:00:00"])
def test_an_invalid_moment_takes_nothing_over(teacher, seen):
    send(teacher)
    assert send(teacher, page=str(uuid4()), seen=seen).status_code == 409
