"""What was entered and not saved is offered back, filled in and cleared away."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from college_site.background.worker import run_due
from news.models import Autosave, Participation, Photo, Post
from news.models.editing.autosaves import delete_expired_autosave
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_post_admin import ADD, change

pytestmark = pytest.mark.django_db
LIST = "/admin/news/post/"


@pytest.fixture
def teacher():
    return factories.staff()


@pytest.fixture
def client(teacher):
    return log_in(teacher)


def slot_of(user, post=None, **entered):
    encoded = urlencode(entered or {"title": "Круглый стол"})
    return factories.autosave(user=user, post=post, entries=encoded)


def photo_in(slot, **fields):
    file = ContentFile(factories.picture_bytes(), name="IMG.jpg")
    return Photo.objects.create(autosave=slot, image=file, **fields)


def shown_form(client, slot):
    address = change(slot.post) if slot.post else ADD
    return client.get(f"{address}?autosave={slot.pk}").context["adminform"].form


# Offers -------------------------------------------------------------------------------------------


def offered(response):
    return [offer["title"] for offer in response.context["offers"]]


def test_the_form_of_a_new_post_offers_unsaved_new_posts(client, teacher):
    slot_of(teacher, title="Начатое")
    slot_of(teacher, factories.post(), title="Чужая публикация")
    slot_of(factories.staff(), title="Чужое")
    assert offered(client.get(ADD)) == ["Начатое"]


def test_the_form_of_a_post_offers_its_own_slot(client, teacher):
    post = factories.post()
    slot_of(teacher, title="Новая")
    slot_of(teacher, post, title="Правка")
    assert offered(client.get(change(post))) == ["Правка"]


def test_the_list_offers_all_that_is_unsaved(client, teacher):
    slot_of(teacher, title="Начатое")
    slot_of(teacher, factories.post(), title="Правка")
    assert offered(client.get(LIST)) == ["Правка", "Начатое"]


def test_an_empty_slot_is_not_offered_but_its_photographs_are(client, teacher):
    Autosave.objects.create(user=teacher)
    assert offered(client.get(ADD)) == []
    photo_in(Autosave.objects.get())
    assert offered(client.get(ADD)) == ["Без заголовка"]


def test_a_post_without_slots_shows_no_offer(client):
    assert "Несохранённое" not in client.get(LIST).content.decode()


# Restoring ----------------------------------------------------------------------------------------


def test_an_unsaved_new_post_fills_the_form(client, teacher):
    topic = factories.topic()
    slot = slot_of(
        teacher,
        title="Круглый стол",
        body="<p>Начали.</p>",
        topic=topic.pk,
        event_date="02.03.2026",
        published_at_0="03.03.2030",
        published_at_1="09:00",
    )
    page = client.get(f"{ADD}?autosave={slot.pk}").content.decode()
    for text in ("Круглый стол", "Начали.", topic.title, "2026-03-02", "2030-03-03", "09:00:00"):
        assert text in page, text


def test_restoring_saves_nothing_and_shows_no_errors(client, teacher):
    slot = slot_of(teacher, factories.post(title="Было"), title="")
    response = client.get(f"{change(slot.post)}?autosave={slot.pk}")
    assert not response.context["errors"]
    assert Post.objects.get().title == "Было"


def test_a_restored_form_goes_on_in_the_same_slot(client, teacher):
    slot = slot_of(teacher, version="7", title="Правка", **{"kind": "notice"})
    context = client.get(f"{ADD}?autosave={slot.pk}").context
    assert context["slot"]["key"] == slot.pk
    assert context["slot"]["seen"] == Autosave.objects.get().updated_at.isoformat()
    assert context["slot"]["version"] == "7"
    assert offered(client.get(f"{ADD}?autosave={slot.pk}")) == []


def test_new_rows_are_restored(client, teacher):
    post, partner = factories.post(), factories.partner()
    rows = {"participations-TOTAL_FORMS": 2}
    rows |= {"participations-0-id": "", "participations-0-partner": partner.pk}
    slot = slot_of(teacher, post, **rows, **{"participations-0-is_host": "on"})
    response = client.get(f"{change(post)}?autosave={slot.pk}")
    formsets = {
        inline.formset.prefix: inline.formset
        for inline in response.context["inline_admin_formsets"]
    }
    [row] = formsets["participations"].extra_forms
    assert (row["partner"].value(), row["is_host"].value()) == (str(partner.pk), True)
    assert not Participation.objects.exists()


HOSTILE = {"topic": "x'--", "kind": "нет", "announcement": "9" * 40, "published_at_0": "x"}
HOSTILE |= {"photos-TOTAL_FORMS": "9" * 30, "participations-TOTAL_FORMS": "-1", "slug": "\0"}
HOSTILE |= {"videos-TOTAL_FORMS": "1", "videos-0-id": "", "videos-0-still": "1e9", "body": "\0"}


@pytest.mark.parametrize("stored", [False, True])
def test_nonsense_in_a_slot_breaks_no_page(client, teacher, stored):
    slot = slot_of(teacher, factories.post() if stored else None, **HOSTILE)
    assert shown_form(client, slot)["kind"].value() == "нет"


@pytest.mark.parametrize("whose", ["other user", "other post", "saved"])
def test_a_slot_that_is_not_offered_is_not_shown(client, teacher, whose):
    owner = factories.staff() if whose == "other user" else teacher
    slot = slot_of(owner, factories.post() if whose == "other post" else None, title="Тайное")
    if whose == "saved":
        Autosave.objects.update(saved_at=timezone.now())
    response = client.get(f"{ADD}?autosave={slot.pk}")
    assert "Тайное" not in response.content.decode()
    assert "больше нет" in response.content.decode()


@pytest.mark.parametrize("key", ["", "x", "%00", "[]", "1" * 5000])
def test_an_invalid_key_shows_the_stored_form(client, key):
    assert client.get(f"{ADD}?autosave={key}").status_code in (200, 400)


def test_staff_who_only_view_get_no_slot(teacher):
    reader = log_in(factories.staff_with("view_post"))
    page = reader.get(change(factories.post())).content.decode()
    assert 'name="autosave"' not in page
    assert 'name="version"' not in page


# Deleting -----------------------------------------------------------------------------------------


def delete(client, slot):
    return client.post(f"/admin/news/post/autosave/{slot.pk}/delete/")


def test_a_slot_is_deleted_with_its_photographs(
    client, teacher, django_capture_on_commit_callbacks
):
    slot = slot_of(teacher)
    photo = photo_in(slot)
    with django_capture_on_commit_callbacks(execute=True):
        assert delete(client, slot).headers["Location"] == ADD
    assert not Autosave.objects.exists()
    assert not photo.image.storage.exists(photo.image.name)


def test_a_slot_is_not_deleted_by_a_link(client, teacher):
    slot = slot_of(teacher)
    assert client.get(f"/admin/news/post/autosave/{slot.pk}/delete/").status_code == 405
    assert Autosave.objects.exists()


def test_the_slot_of_another_user_cannot_be_deleted(client):
    slot = slot_of(factories.staff())
    assert delete(client, slot).status_code == 404
    assert Autosave.objects.exists()


# Expiry -------------------------------------------------------------------------------------------


def aged(slot, **age):
    Autosave.objects.filter(pk=slot.pk).update(updated_at=timezone.now() - timedelta(**age))
    return slot


def test_slots_of_thirty_days_are_deleted_with_files(teacher, django_capture_on_commit_callbacks):
    old, recent = aged(slot_of(teacher), days=31), aged(slot_of(teacher), days=29)
    photo = photo_in(old)
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_expired_autosave()
    assert not delete_expired_autosave()
    assert list(Autosave.objects.all()) == [recent]
    assert not photo.image.storage.exists(photo.image.name)


def test_the_slot_of_a_page_without_entries_lasts_a_day(teacher):
    empty = Autosave.objects.create(user=teacher)
    with_photo = Autosave.objects.create(user=teacher)
    photo_in(with_photo)
    for slot in (empty, with_photo):
        aged(slot, days=2)
    assert list(Autosave.objects.expired()) == [empty]


def test_the_slot_of_an_open_page_does_not_expire(teacher):
    slot = aged(slot_of(teacher), days=31)
    Autosave.objects.update(seen_at=timezone.now())
    assert slot not in Autosave.objects.expired()


def test_the_worker_deletes_expired_slots(teacher):
    aged(slot_of(teacher), days=31)
    run_due()
    assert not Autosave.objects.exists()
