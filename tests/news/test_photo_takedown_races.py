"""A photograph is taken off the site while somebody stores the same picture once more."""

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from PIL import Image

from college_site.uploads.pictures.images import CleanPicture
from college_site.uploads.pictures.picture_cleaning import describe
from news.admin.media import photos as views
from news.editing.copies import copy_post
from news.models import Photo
from news.photos.takedown import take_down
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_photo_admin import BASE, SAME_ORIGIN, picture

DIGEST = "a" * 64
REASON = "Нет согласия."
MOMENT = 1  # second that a store gets to end before the take-down, which it must not use


def list_files():
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_a_picture_taken_down_while_it_is_cleaned_is_refused(monkeypatch):
    data = factories.picture_bytes((400, 300))
    stored = factories.photo(digest=hashlib.sha256(data).hexdigest())
    clean = views.clean_uploaded_photograph

    def clean_and_take_down(file, turn):
        take_down(stored, None, REASON)
        return clean(file, turn)

    monkeypatch.setattr(views, "clean_uploaded_photograph", clean_and_take_down)
    monkeypatch.setattr(views, "find_same", lambda user, digest: None)
    address = f"{BASE}autosave/{uuid.uuid4()}/photos/"
    answer = log_in(factories.staff()).post(address, {"file": picture(data=data)}, **SAME_ORIGIN)
    assert answer.status_code == 422
    assert REASON in answer.json()["message"]
    assert not Photo.objects.exists()
    assert list_files() == []


def store(photo):
    slot = factories.autosave()
    clean = CleanPicture(*describe(Image.new("RGB", (64, 48))))
    with suppress(ValidationError):
        views.store_photo(slot, clean, photo.digest, None)


def copy(photo):
    copy_post(photo.post, None)


@pytest.mark.parametrize("action", [store, copy])
@pytest.mark.django_db(transaction=True)
def test_a_picture_is_not_stored_while_it_is_being_taken_down(action):
    photo, is_gone = factories.photo(digest=DIGEST), Event()

    def store_meanwhile():
        is_gone.wait(30)
        try:
            action(photo)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        storing = pool.submit(store_meanwhile)
        with transaction.atomic():
            take_down(photo, None, REASON)
            is_gone.set()
            with suppress(TimeoutError):
                storing.result(MOMENT)
        storing.result(30)
    assert not Photo.objects.exists()
    assert list_files() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "sent"), [("", {"caption": "Имя"}), ("rotate/", {})])
def test_a_change_that_comes_too_late_does_not_bring_it_back(monkeypatch, name, sent):
    photo, removals = factories.photo(digest=DIGEST), []
    client = log_in(factories.staff())
    with ThreadPoolExecutor(1) as pool:

        def take_down_first(model_admin, request, found):
            removals.append(pool.submit(take_down_in_thread, photo))
            with suppress(TimeoutError):
                removals[0].result(MOMENT)

        monkeypatch.setattr(views, "check_may_change", take_down_first)
        client.post(f"{BASE}photos/{photo.pk}/{name}", sent, **SAME_ORIGIN)
        removals[0].result(30)
    assert not Photo.objects.exists()
    assert list_files() == []


def take_down_in_thread(photo):
    try:
        take_down(photo, None, REASON)
    finally:
        connection.close()
