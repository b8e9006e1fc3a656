"""The WSGI application, called like by a server."""

from wsgiref.util import FileWrapper

import pytest
from django.core.signals import request_finished
from django.test import RequestFactory

from college_site.wsgi import application
from tests import factories

# The application closes database connections after each request, hence no test transaction.
pytestmark = pytest.mark.django_db(transaction=True)


def call_application(method, path):
    """(status, headers, body) of the response to a server that can send files."""
    environ = RequestFactory().generic(method, path).environ | {"wsgi.file_wrapper": FileWrapper}
    heads = []
    response = application(environ, lambda line, headers: heads.append((int(line[:3]), headers)))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    return heads[0][0], dict(heads[0][1]), body


@pytest.fixture
def photo_path():
    return factories.photo(post=factories.post()).url


@pytest.fixture(params=["page", "file", "missing"])
def path(request, photo_path):
    return {"page": "/news/?page=1", "file": photo_path, "missing": "/none/"}[request.param]


def test_a_head_response_has_no_body(path):
    assert call_application("HEAD", path)[2] == b""


def test_a_head_response_has_the_content_length_of_get(path):
    status, headers, body = call_application("GET", path)
    assert body
    assert call_application("HEAD", path)[0] == status
    assert (
        call_application("HEAD", path)[1]["Content-Length"]
        == headers["Content-Length"]
        == str(len(body))
    )


def test_a_head_response_closes_the_request(path):
    finished = []

    def note(**kwargs):
        finished.append(kwargs)

    request_finished.connect(note)
    call_application("HEAD", path)
    request_finished.disconnect(note)
    assert len(finished) == 1
