"""Renditions by the worker, and the deletion of a photograph's files."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import timezone

from college_site.uploads.pictures.renditions import rendition_widths
from news.models import Photo
from news.photos import rendition_job
from tests import factories

pytestmark = pytest.mark.django_db


def files(photo):
    """The names of the files in the folder of a photograph."""
    folder = f"photos/{photo.key}"
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


def test_a_new_photograph_is_due_for_renditions():
    photo = factories.photo()
    assert list(Photo.objects.due()) == [photo]
    assert photo.rendition_widths == []


def test_the_worker_makes_every_rendition():
    photo = factories.photo(size=(500, 300))
    assert rendition_job.render_due_photo()
    photo.refresh_from_db()
    assert photo.renditions_due_at is None
    expected = {
        f"{width}.{extension}"
        for width in rendition_widths(500)
        for extension in ("avif", "webp", "jpg")
    }
    assert files(photo) == {"master.jpg", *expected}


def test_rendering_reports_whether_anything_was_due():
    assert not rendition_job.render_due_photo()
    factories.photo()
    assert rendition_job.render_due_photo()
    assert not rendition_job.render_due_photo()


def test_the_photograph_due_longest_is_leased_first():
    now = timezone.now()
    younger = factories.photo(renditions_due_at=now - datetime.timedelta(minutes=1))
    older = factories.photo(renditions_due_at=now - datetime.timedelta(minutes=2))
    assert rendition_job.lease_photo() == older
    assert rendition_job.lease_photo() == younger


def test_a_leased_photograph_is_not_leased_again():
    factories.photo()
    assert rendition_job.lease_photo() is not None
    assert rendition_job.lease_photo() is None


def test_a_photograph_leased_by_a_killed_worker_is_leased_later():
    photo = factories.photo()
    rendition_job.lease_photo()
    with time_machine.travel(timezone.now() + rendition_job.LEASE * 1.1, tick=False):
        assert rendition_job.lease_photo() == photo


@pytest.mark.parametrize("error", [OSError("disk full"), ValueError("not a picture")])
def test_a_failed_rendition_is_retried_after_growing_delays(monkeypatch, error):
    def fail(name):
        raise error

    monkeypatch.setattr(rendition_job, "make_renditions", fail)
    photo = factories.photo()
    pauses = []
    moment = timezone.now()
    for _ in range(12):
        with time_machine.travel(moment, tick=False):
            assert rendition_job.render_due_photo()
            photo.refresh_from_db()
            pauses.append(photo.renditions_due_at - moment)
            moment = photo.renditions_due_at
    assert pauses[:3] == [rendition_job.LEASE, rendition_job.LEASE * 2, rendition_job.LEASE * 4]
    assert pauses[-1] == rendition_job.LONGEST_PAUSE


def test_an_unreadable_photograph_does_not_block_the_others():
    broken = factories.photo(renditions_due_at=timezone.now() - datetime.timedelta(days=1))
    default_storage.delete(broken.image.name)
    whole = factories.photo()
    assert rendition_job.render_due_photo()
    assert rendition_job.render_due_photo()
    whole.refresh_from_db()
    assert whole.renditions_due_at is None


def test_a_photograph_that_is_turned_during_rendering_stays_due(monkeypatch):
    photo = factories.photo(size=(600, 400))
    monkeypatch.setattr(rendition_job, "make_renditions", lambda name: photo.rotate())
    rendition_job.render_due_photo()
    photo.refresh_from_db()
    assert photo.renditions_due_at is not None


def test_success_resets_the_failed_attempts():
    photo = factories.photo(rendition_attempts=7)
    rendition_job.render_due_photo()
    photo.refresh_from_db()
    assert photo.rendition_attempts == 0


def test_a_photograph_deleted_during_rendering_is_no_error(monkeypatch):
    photo = factories.photo()
    monkeypatch.setattr(rendition_job, "make_renditions", lambda name: Photo.objects.all().delete())
    assert rendition_job.render_due_photo()
    assert not Photo.objects.filter(pk=photo.pk).exists()


def test_renditions_of_a_photograph_deleted_meanwhile_are_deleted_too(monkeypatch):
    photo = factories.photo()

    def render(name):
        Photo.objects.all().delete()
        photo.delete_files()
        default_storage.save(f"photos/{photo.key}/64.avif", ContentFile(b"late"))

    monkeypatch.setattr(rendition_job, "make_renditions", render)
    rendition_job.render_due_photo()
    assert files(photo) == set()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_lease_the_same_photograph():
    for _ in range(6):
        factories.photo()
    start = threading.Barrier(4, timeout=30)

    def lease(_):
        try:
            start.wait()
            return [photo.pk for _ in range(6) if (photo := rendition_job.lease_photo())]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        leased = [pk for pks in threads.map(lease, range(4)) for pk in pks]
    assert len(leased) == len(set(leased)) == 6


# Storing and deleting -----------------------------------------------------------------------------


def test_the_size_of_a_photograph_is_stored():
    photo = factories.photo(size=(300, 200))
    assert (photo.width, photo.height) == (300, 200)


def test_saving_again_does_not_change_the_file():
    photo = factories.photo()
    name = photo.image.name
    photo.caption = "Подпись"
    photo.save()
    assert photo.image.name == name
    assert files(photo) == {"64.jpg", "master.jpg"}


def test_deleting_a_photograph_deletes_its_files(django_capture_on_commit_callbacks):
    photo = factories.photo(size=(500, 300))
    rendition_job.render_due_photo()
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    assert files(photo) == set()


def test_deleting_a_post_deletes_its_files(django_capture_on_commit_callbacks):
    photo = factories.photo()
    document = factories.document(post=photo.post)
    with django_capture_on_commit_callbacks(execute=True):
        photo.post.delete()
    assert files(photo) == set()
    assert not default_storage.exists(document.file.name)


def test_files_are_not_deleted_before_the_commit():
    photo = factories.photo()
    photo.delete()
    assert files(photo) == {"64.jpg", "master.jpg"}


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((60, 100), "portrait"),
        ((100, 100), "square"),
        ((150, 100), "landscape"),
        ((300, 100), "wide"),
        ((85, 100), "square"),
        ((120, 100), "landscape"),
        ((170, 100), "wide"),
    ],
)
def test_the_shape_of_a_photograph_follows_its_proportions(size, shape):
    assert Photo(width=size[0], height=size[1]).shape == shape


def test_a_photograph_is_displayed_by_caption_or_alternative_text():
    assert str(Photo(caption="У станка", alt="Станок")) == "У станка"
    assert str(Photo(alt="Станок")) == "Станок"


def test_the_widest_jpeg_may_have_the_largest_width_asked_for():
    photo = Photo(width=2000, height=1000, renditions_due_at=None)
    photo.image.name = "photos/x/master.jpg"
    assert photo.widest_jpeg(1440)[:2] == (1440, 720)
    assert photo.widest_jpeg(1439)[:2] == (960, 480)


def test_renditions_that_pages_would_not_show_stay_due(monkeypatch):
    photo = factories.photo()

    def fail():
        raise OperationalError("database is locked")

    monkeypatch.setattr(rendition_job, "invalidate", fail)
    with pytest.raises(OperationalError):
        rendition_job.render_due_photo()
    photo.refresh_from_db()
    assert photo.renditions_due_at is not None
