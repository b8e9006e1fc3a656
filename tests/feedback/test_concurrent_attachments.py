"""Files that many requests bring to one form at once: never more than the form may have."""

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
    """Every request has found room and cleaned its first file before any of them goes on."""
    together = threading.Barrier(REQUESTS, timeout=30)
    waited = set()

    def cleaned(content, turn):
        if threading.get_ident() not in waited:
            waited.add(threading.get_ident())
            together.wait()
        return "image/jpeg", content

    monkeypatch.setattr(staged_files, "clean_upload", cleaned)


def at_once(content_of):
    """Stage files from many threads at once; what each was told, joined."""

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
    told = at_once(lambda name: name.encode())
    kept = set(Attachment.objects.values_list("name", flat=True))
    assert len(kept) == Attachment.objects.count() == Attachment.MAX_FILES
    assert told.count(".jpg»") == REQUESTS * FILES - Attachment.MAX_FILES
    assert [name for name in kept if f"«{name}»" in told] == []
    assert len(list((media_root / "attachments").iterdir())) == Attachment.MAX_FILES


def test_concurrent_uploads_of_the_same_files_store_each_once():
    assert at_once(lambda name: name[2:].encode()).strip() == ""
    assert Attachment.objects.count() == FILES
