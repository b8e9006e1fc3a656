"""Static files as WhiteNoise serves them: plain, or compressed beforehand."""

import gzip

import brotli
import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

TEXT = b"p { color: red }\n" * 100


def read(response):
    """Read a response to its end, as a server does, and close its file."""
    b"".join(response)
    if file := getattr(response, "file_to_stream", None):
        file.close()


@pytest.fixture
def ask(settings, tmp_path):
    """Asks for a style sheet that lies there in three encodings."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    (tmp_path / "site.css").write_bytes(TEXT)
    (tmp_path / "site.css.gz").write_bytes(gzip.compress(TEXT))
    (tmp_path / "site.css.br").write_bytes(brotli.compress(TEXT))
    serve = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))

    def get(encoding, **headers):
        headers["Accept-Encoding"] = encoding
        response = serve(RequestFactory().get("/static/site.css", headers=headers))
        read(response)
        return response

    return get


def test_encodings_of_a_static_file_share_no_strong_etag(ask):
    answers = [ask(encoding) for encoding in ("identity", "gzip", "br")]
    assert [answer.get("Content-Encoding") for answer in answers] == [None, "gzip", "br"]
    strong = [tag for answer in answers if (tag := answer["ETag"]).startswith('"')]
    assert len(strong) == len(set(strong))
    assert all(answer["Vary"] == "Accept-Encoding" for answer in answers)


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_an_unchanged_static_file_is_not_sent_again(ask, encoding):
    etag = ask(encoding)["ETag"]
    response = ask(encoding, **{"If-None-Match": etag})
    assert response.status_code == 304
    assert response["ETag"] == etag


def test_a_changed_static_file_has_another_etag(ask, tmp_path, settings):
    before = ask("identity")["ETag"]
    (tmp_path / "site.css").write_bytes(TEXT * 2)
    settings.WHITENOISE_AUTOREFRESH = True
    serve = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    response = serve(RequestFactory().get("/static/site.css"))
    read(response)
    assert response["ETag"] != before
