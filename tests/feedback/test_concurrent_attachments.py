"""Concurrent uploads to one form never exceed its limits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from feedback import staged_files
from feedback.models import Attachment

pytestmark = pytest.mark.django_db(transaction=True)
HASH = "0" * 64
REQUESTS, FILES = 3, 5  # as many requests as one process lets clean


@pytest.fixture(autouse=True)
def all_clean_at_once(monkeypatch):
    """Make all requests pass the check of the limit before any of them stores a file."""
    together = threading.Barrier(REQUESTS, timeout=30)
    waited = set()

    def cleaned(content, turn):
        if threading.get_ident() not in waited:
            waited.add(threading.get_ident())
            together.wait()
        return {"content_type": "image/jpeg", "lost": ""}, content

    monkeypatch.setattr(staged_files, "clean_upload", cleaned)


def stage_concurrently(content_of):
    """Stage files from several threads at once; returns their joined error messages."""

    def request(number):
        names = [f"{number}-{file}.jpg" for file in range(FILES)]
        uploads = [SimpleUploadedFile(name, content_of(name)) for name in names]
        try:
            staged_files.stage_uploads(uploads, HASH)
        except ValidationError as error:
            return " ".join(error.messages)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(REQUESTS) as threads:
        return " ".join(threads.map(request, range(REQUESTS)))


def test_concurrent_uploads_store_at_most_five_files_per_form(media_root):
    errors = stage_concurrently(lambda name: name.encode())
    stored = set(Attachment.objects.values_list("name", flat=True))
    assert len(stored) == Attachment.objects.count() == Attachment.MAX_FILES
    assert errors.count(".jpg»") == REQUESTS * FILES - Attachment.MAX_FILES
    assert [name for name in stored if f"«{name}»" in errors] == []
    assert len(list((media_root / "attachments").iterdir())) == Attachment.MAX_FILES


def test_concurrent_uploads_of_the_same_files_store_each_once():
    assert stage_concurrently(lambda name: name[2:].encode()).strip() == ""
    assert Attachment.objects.count() == FILES
