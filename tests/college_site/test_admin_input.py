"""No input of a logged-in teacher causes a server error (5xx)."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from college_site.uploads.documents import clean_document
from college_site.uploads.pictures.images import clean_picture
from news.models import Photo
from tests import factories

pytestmark = pytest.mark.django_db
MAGIC = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\0\1\0\0WEBP",
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\5\6",
)
REFUSALS = (
    None,
    "picture_unknown",
    "picture_damaged",
    "picture_too_many_pixels",
    "document_unknown",
    "document_damaged",
)


@pytest.fixture
def teacher(staff_client):
    """A superuser's client that gets 500 instead of the exception."""
    staff_client.raise_request_exception = False
    return staff_client


def post_entries(**entries):
    """The POST data of the admin's form for a new post."""
    forms = {
        f"{prefix}-{name}": "0"
        for prefix in ("photos", "participations", "documents")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {"kind": "report", "title": "Пост", "lead": "", "body": "", **forms, **entries}


NOISE = random.Random(20220224)


def upload(client, file):
    address = "/admin/news/post/autosave/00000000-0000-4000-8000-000000000000/photos/"
    return client.post(address, {"file": file}, HTTP_ORIGIN="http://testserver")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\xff\xff" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 100,
        b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 100,
        b"\0\0\0\x18ftypheic" + b"\xff" * 100,
        b"\0\0\0\x18ftypmif1" + b"\0" * 100,
        *(factories.picture_bytes(format=kind)[:50] for kind in ("JPEG", "PNG", "WEBP")),
        *(b"\xff\xd8\xff" + NOISE.randbytes(400) for _ in range(8)),
    ],
)
def test_hostile_pictures_are_refused(teacher, data):
    file = SimpleUploadedFile("a\0<b>.jpg", data, content_type="image/jpeg")
    response = upload(teacher, file)
    assert response.status_code == 422
    assert not Photo.objects.exists()


def flip_bytes(data, generator):
    """A copy of the bytes with some of them changed at random."""
    data = bytearray(data)
    for _ in range(generator.randint(1, 12)):
        data[generator.randrange(len(data))] = generator.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_damaged_pictures_are_accepted_or_refused(teacher, kind):
    generator = random.Random(kind)
    whole = factories.picture_bytes(format=kind)
    for number in range(20):
        file = SimpleUploadedFile(f"{number}.jpg", flip_bytes(whole, generator))
        assert upload(teacher, file).status_code in (200, 422)


def assert_no_server_error(client, entries):
    response = client.post("/admin/news/post/add/", entries)
    assert response.status_code < 500


@pytest.mark.parametrize(
    "query",
    [
        "p=-1",
        "p=99999999999999999999",
        "o=-1.99999999999999999999.x",
        "o=%D9%A3",
        "q=%00",
        "q=" + "x%20" * 500,
        "state=x",
        "state=%00",
        "kind__exact=%00",
        "topic__id__exact=x",
        "topic__id__exact=99999999999999999999999",
        "topic__id__exact=%00",
        "published_at__year=0",
        "year=0",
        "year=%00",
        "year=2026-2028",
        "password__startswith=x",
        "_to_field=slug&_popup=1",
        "e=1",
        "%00=%00",
    ],
)
def test_hostile_queries_to_the_post_list_are_answered(teacher, query):
    factories.post(topic=factories.topic())
    assert teacher.get(f"/admin/news/post/?{query}").status_code < 500


@pytest.mark.parametrize(
    "query", ["overdue=%00", "topic__id__exact=%00", "q=%00", "q=" + "9" * 5000]
)
def test_hostile_queries_to_the_suggestion_list_are_answered(teacher, query):
    factories.suggestion()
    assert teacher.get(f"/admin/feedback/suggestion/?{query}").status_code < 500


@given(st.sampled_from(MAGIC), st.binary(max_size=500))
def test_random_pictures_and_documents_are_accepted_or_refused(magic, data):
    for check in (clean_picture, clean_document):
        try:
            check(ContentFile(magic + data))
        except ValidationError as error:
            refusal = error.code
        else:
            refusal = None
        assert refusal in REFUSALS
