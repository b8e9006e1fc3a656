"""Public text is compressed, responses that may contain secrets are not."""

import gzip

import brotli
import pytest
from django.http import HttpResponse

from college_site.http.compression import MIN_LENGTH, compress
from tests import factories
from tests.public_pages import BROWSER_ENCODINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_page(client):
    return lambda path, encodings=BROWSER_ENCODINGS, **headers: client.get(
        path, headers={"accept-encoding": encodings, **headers}
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/news/",
        "/search/",
        "/feedback/new/",
        "/no-such-page/",
        "/sitemap-pages.xml",
        "/feed/rss.xml",
        "/feed/atom.xml",
        "/feed/feed.json",
        "/events.ics",
    ],
)
def test_public_text_is_compressed(request_page, path):
    factories.college()
    factories.announcement(title="Событие " * 20)
    answer = request_page(path)
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_every_encoding_decompresses_to_the_same_text(request_page):
    factories.college()
    plain = request_page("/", "").content
    assert brotli.decompress(request_page("/").content) == plain
    assert gzip.decompress(request_page("/", "gzip").content) == plain


@pytest.mark.parametrize("encodings", ["", "identity", "deflate", "br;q=0", "br; q=0.0, x"])
def test_an_encoding_that_was_not_accepted_is_not_used(request_page, encodings):
    answer = request_page("/", encodings)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_short_responses_and_pictures_are_not_compressed(request_page):
    for path in ("/healthz", "/card.png"):
        assert "Content-Encoding" not in request_page(path).headers


def test_responses_that_may_contain_secrets_are_never_compressed(browser_response):
    """Responses to POST, and pages for the author only."""
    answer = browser_response
    is_secret = answer.request["REQUEST_METHOD"] == "POST" or "X-Robots-Tag" in answer.headers
    assert ("Content-Encoding" not in answer.headers) == is_secret


def test_the_admin_is_never_compressed(staff_client):
    answer = staff_client.get("/admin/", headers={"accept-encoding": BROWSER_ENCODINGS})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_an_etag_is_valid_across_encodings(request_page):
    factories.college()
    tag = request_page("/").headers["ETag"]
    assert tag.startswith("W/")
    unchanged = request_page("/", "gzip", **{"if-none-match": tag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert "Accept-Encoding" in unchanged.headers["Vary"]


def test_head_has_the_same_headers_as_get(request_page, client):
    factories.college()
    headers = client.head("/", headers={"accept-encoding": BROWSER_ENCODINGS}).headers
    sent = request_page("/").headers
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert headers[name] == sent[name]


@pytest.mark.parametrize(("length", "is_compressed"), [(MIN_LENGTH - 1, False), (MIN_LENGTH, True)])
def test_text_is_compressed_from_a_length_on(length, is_compressed):
    response = HttpResponse("a" * length)
    compress(response, "br")
    assert response.has_header("Content-Encoding") is is_compressed
