"""Text for everybody leaves compressed, what may hold a secret never does."""

import gzip

import brotli
import pytest

from tests import factories
from tests.public_pages import BROWSER_ENCODINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    return lambda path, encodings=BROWSER_ENCODINGS, **headers: client.get(
        path, headers={"accept-encoding": encodings, **headers}
    )


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/news/", "/search/", "/feedback/new/", "/no-such-page/", "/sitemap-pages.xml"),
        *("/feed/rss.xml", "/feed/atom.xml", "/feed/feed.json", "/events.ics"),
    ],
)
def test_public_text_is_compressed(ask, path):
    factories.college()
    factories.announcement(title="Событие " * 20)
    answer = ask(path)
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_every_encoding_decompresses_to_the_same_text(ask):
    factories.college()
    plain = ask("/", "").content
    assert brotli.decompress(ask("/").content) == plain
    assert gzip.decompress(ask("/", "gzip").content) == plain


@pytest.mark.parametrize("encodings", ["", "identity", "deflate", "br;q=0", "br; q=0.0, x"])
def test_an_encoding_that_was_not_accepted_is_not_used(ask, encodings):
    answer = ask("/", encodings)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_short_responses_and_pictures_are_not_compressed(ask):
    for path in ("/healthz", "/card.png"):
        assert "Content-Encoding" not in ask(path).headers


def test_responses_that_may_contain_secrets_are_never_compressed(browser_response):
    """Answers to what was sent, and what only its author sees."""
    answer = browser_response
    is_secret = answer.request["REQUEST_METHOD"] == "POST" or "X-Robots-Tag" in answer.headers
    assert ("Content-Encoding" not in answer.headers) == is_secret


def test_the_admin_is_never_compressed(staff_client):
    answer = staff_client.get("/admin/", headers={"accept-encoding": BROWSER_ENCODINGS})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_an_etag_is_valid_across_encodings(ask):
    factories.college()
    tag = ask("/").headers["ETag"]
    assert tag.startswith("W/")
    unchanged = ask("/", "gzip", **{"if-none-match": tag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert "Accept-Encoding" in unchanged.headers["Vary"]


def test_head_has_the_same_headers_as_get(ask, client):
    factories.college()
    told = client.head("/", headers={"accept-encoding": BROWSER_ENCODINGS}).headers
    sent = ask("/").headers
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert told[name] == sent[name]
