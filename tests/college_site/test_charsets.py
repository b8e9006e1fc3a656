"""Requests with unusual encodings, sent to the WSGI application like by a server."""

import io
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.test.client import encode_multipart

from college_site.wsgi import application
from feedback.models import Suggestion
from tests import factories

# The application closes database connections after each request, hence no test transaction.
pytestmark = pytest.mark.django_db(transaction=True)

# Names of Python codecs, some of which are not text encodings.
CHARSETS = (
    "hex",
    "base64",
    "zlib",
    "rot13",
    "idna",
    "punycode",
    "undefined",
    "utf-7",
    "cp037",
    "unicode_escape",
    "raw_unicode_escape",
    "utf-16-le",
    "nonsense",
    "utf-8",
    "cp1251",
    "",
)


TOKEN = "x" * 32  # in cookie and form, to pass the CSRF check


def suggestion(**entries):
    """The POST data of a suggestion as multipart parts."""
    fields = {"submission_key": uuid4(), "topic": factories.suggestion_topic().pk, "step": "send"}
    return encode_multipart(
        "b", {**fields, "role": "student", "csrfmiddlewaretoken": TOKEN, **entries}
    )


def status(method, path, body, content_type):
    """The status of the application's response; an exception fails the test."""
    environ = RequestFactory().generic(method, path, body, content_type).environ
    environ |= {"CONTENT_TYPE": content_type, "wsgi.input": io.BytesIO(body)}
    environ["HTTP_COOKIE"] = f"csrftoken={TOKEN}"
    answers = []
    response = application(environ, lambda line, headers: answers.append(int(line[:3])))
    b"".join(response)
    response.close()
    return answers[0]


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_get_request_ignores_the_charset(charset):
    for path in ("/news/?page=1", "/feedback/new/", "/admin/login/?next=/"):
        assert status("GET", path, b"", f"text/plain; charset={charset}") == 200


@pytest.mark.parametrize(
    "parameter",
    ["charset=hex", 'CHARSET="hex"', "charset =hex", "charset*=utf-8''hex", " ;charset= hex"],
)
def test_a_charset_is_ignored_in_any_notation(parameter):
    assert status("GET", "/news/?page=1", b"", f"text/plain; {parameter}") == 200
    assert (
        status(
            "POST",
            "/feedback/new/",
            suggestion(text="\xff"),
            f"multipart/form-data; {parameter}; boundary=b",
        )
        < 500
    )


def test_a_form_is_always_decoded_as_utf_8():
    body = suggestion(text="Поставьте лавочки во дворе.")
    kind = "multipart/form-data; charset=cp1251; boundary=b"
    assert status("POST", "/feedback/new/", body, kind) == 303
    assert Suggestion.objects.get().text == "Поставьте лавочки во дворе."


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_with_an_unusual_charset_is_answered(charset):
    for path in ("/feedback/new/", "/feedback/status/", "/admin/login/"):
        for kind in ("multipart/form-data; boundary=b", "application/x-www-form-urlencoded"):
            assert status("POST", path, suggestion(text="\xff"), f"{kind}; charset={charset}") < 500


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "utf-16-le", "utf-8"])
def test_a_lone_surrogate_is_answered(charset):
    """Some encodings can produce a lone surrogate, which databases reject."""
    body = suggestion(text=r"Put benches there, \ud800 please.")
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    assert status("POST", "/feedback/new/", body, kind) < 500
