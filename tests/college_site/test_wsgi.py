"""What a server gets from the WSGI application."""

from wsgiref.util import FileWrapper

import pytest
from django.core.signals import request_finished
from django.test import RequestFactory

from college_site.wsgi import application
from tests import factories

# A server closes its connection after each request, which a test within a transaction cannot bear.
pytestmark = pytest.mark.django_db(transaction=True)


def ask(method, path):
    """(status, headers, body) of an answer, as a server that can send files takes it."""
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
    assert ask("HEAD", path)[2] == b""


def test_a_head_response_has_the_content_length_of_get(path):
    status, headers, body = ask("GET", path)
    assert body
    assert ask("HEAD", path)[0] == status
    assert ask("HEAD", path)[1]["Content-Length"] == headers["Content-Length"] == str(len(body))


def test_a_head_response_closes_the_request(path):
    finished = []

    def note(**kwargs):
        finished.append(kwargs)

    request_finished.connect(note)
    ask("HEAD", path)
    request_finished.disconnect(note)
    assert len(finished) == 1
