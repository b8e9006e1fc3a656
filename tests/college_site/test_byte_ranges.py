"""A part of a file: what a viewer, a player or a download that goes on asks for."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.staged_files import stage_uploads
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["photo", "logo", "document", "attachment"])
def address(request, client):
    """The address of a file of each kind, for a client who may have it."""
    if request.param == "photo":
        return factories.photo().url
    if request.param == "logo":
        logo = ContentFile(factories.picture_bytes((300, 100)), name="logo.jpg")
        return factories.partner(logo=logo).logo_url
    if request.param == "document":
        return factories.document().get_absolute_url()
    client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    stage_uploads([SimpleUploadedFile("a.png", factories.picture_bytes(format="PNG"))], "0" * 64)
    suggestion = factories.suggestion(staging_hash="0" * 64)
    return suggestion.attachments.get().get_absolute_url()


@pytest.fixture
def document():
    return factories.document().get_absolute_url()


@pytest.fixture
def whole(client, document):
    return read(client.get(document))


def read(response):
    return b"".join(response)


def validator(client, address):
    response = client.get(address)
    read(response)
    return response.headers["ETag"]


def ask(client, address, range_header, method="get", **headers):
    return getattr(client, method)(address, headers={"Range": range_header, **headers})


def test_a_range_of_every_kind_of_file_is_answered_206(client, address):
    content = read(client.get(address))
    response = ask(client, address, "bytes=2-5")
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes 2-5/{len(content)}"
    assert response.headers["Content-Length"] == "4"
    assert read(response) == content[2:6]


def test_a_whole_file_says_that_ranges_are_possible(client, address):
    response = client.get(address)
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["ETag"].startswith('"')
    read(response)


@pytest.mark.parametrize(
    ("range_header", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=0-", slice(None)),
        ("bytes=-99999999", slice(None)),
        ("bytes=3-99999999", slice(3, None)),
        ("BYTES=1-2", slice(1, 3)),
        ("bytes= 1-2 ", slice(1, 3)),
    ],
)
def test_a_range_gives_exactly_its_bytes(client, document, whole, range_header, part):
    response = ask(client, document, range_header)
    expected = whole[part]
    assert response.status_code == 206
    assert read(response) == expected
    assert response.headers["Content-Length"] == str(len(expected))


@pytest.mark.parametrize("range_header", ["bytes=99999999-", "bytes=99999999-99999999", "bytes=-0"])
def test_a_range_behind_the_end_is_answered_416(client, document, whole, range_header):
    response = ask(client, document, range_header)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize(
    "range_header",
    [
        "bytes=5-2",
        "bytes=-",
        "bytes=a-b",
        "lines=1-2",
        "bytes",
        "bytes=1",
        "bytes=1-2-3",
        "bytes=0-0,2-3",
        "bytes=٣-٤",
        f"bytes=0-{'9' * 5000}",
        "bytes=-+4",
        "bytes=1_0-20",
    ],
)
def test_an_invalid_or_multiple_range_gives_the_whole(client, document, whole, range_header):
    response = ask(client, document, range_header)
    assert response.status_code == 200
    assert read(response) == whole


def test_a_range_continues_the_same_version_of_a_file(client, document):
    etag = validator(client, document)
    response = ask(client, document, "bytes=1-2", **{"If-Range": etag})
    assert response.status_code == 206
    read(response)


@pytest.mark.parametrize(
    "if_range", ['"another"', 'W/"weak"', "Sun, 29 Nov 2026 11:00:00 GMT", "nonsense", ""]
)
def test_a_range_of_another_version_gives_the_whole(client, document, whole, if_range):
    response = ask(client, document, "bytes=1-2", **{"If-Range": if_range})
    assert response.status_code == 200
    assert read(response) == whole


def test_a_changed_file_has_another_validator(client):
    document = factories.document()
    before = validator(client, document.get_absolute_url())
    Path(document.file.path).write_bytes(b"%PDF-changed")
    assert validator(client, document.get_absolute_url()) != before


@pytest.mark.django_db(transaction=True)  # closing an answer closes the connection
def test_a_range_means_nothing_to_head(client, document, whole):
    response = ask(client, document, "bytes=1-2", method="head")
    response.close()
    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(len(whole))


def test_an_unchanged_file_is_not_sent_again(client, document):
    etag = validator(client, document)
    response = ask(client, document, "bytes=1-2", **{"If-None-Match": etag})
    assert response.status_code == 304
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-cache" in response.headers["Cache-Control"]


def test_a_part_bears_the_headers_of_the_whole(client, document):
    whole, part = client.get(document), ask(client, document, "bytes=1-2")
    for name in ("Content-Type", "Content-Disposition", "Cache-Control", "ETag"):
        assert part.headers[name] == whole.headers[name], name
    for response in (whole, part):
        read(response)


def test_a_range_of_a_draft_is_not_found(client):
    document = factories.document(post=factories.draft())
    assert ask(client, document.get_absolute_url(), "bytes=0-1").status_code == 404
