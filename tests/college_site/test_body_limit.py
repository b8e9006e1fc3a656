"""The size limit of request bodies, checked before anything reads them."""

import io
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from college_site.http.body_limit import STAFF_LIMIT, VISITOR_LIMIT
from feedback.forms.files import BODY_LIMIT

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


class UnreadableBody(io.RawIOBase):
    """A body that fails the test if it is read."""

    def read(self, *args):
        pytest.fail("the body was read")

    readline = readinto = read


@pytest.fixture
def send(client):
    """A function that sends a Content-Length without a body."""

    def send_length(length, path="/feedback/", **headers):
        environ = {
            "CONTENT_LENGTH": str(length),
            "CONTENT_TYPE": FORM,
            "wsgi.input": UnreadableBody(),
        }
        return client.post(path, **{**environ, **headers})

    return send_length


@pytest.mark.parametrize(
    "path", ["/feedback/", "/feedback/status/", "/admin/login/", "/", "/none/"]
)
def test_a_large_body_is_refused_unread(send, path):
    assert send(VISITOR_LIMIT + 1, path).status_code == 413


@pytest.mark.parametrize("path", ["/feedback/new/", "/feedback/mine/reply/"])
def test_a_form_with_files_has_its_own_body_limit(send, path):
    assert send(BODY_LIMIT + 1, path).status_code == 413


def test_files_within_the_limit_are_read(client):
    large = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"\0" * 2 * VISITOR_LIMIT)
    response = client.post("/feedback/new/", {"files": large})
    assert response.status_code == 200
    assert "«photo.jpg»" in response.content.decode()


def test_a_large_multipart_body_is_refused_unread(send):
    kind = "multipart/form-data; boundary=b"
    assert send(VISITOR_LIMIT + 1, CONTENT_TYPE=kind).status_code == 413


def test_a_large_body_of_any_method_is_refused_unread(client):
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "GET"):
        response = client.generic(
            method, "/", CONTENT_LENGTH=str(VISITOR_LIMIT + 1), **{"wsgi.input": UnreadableBody()}
        )
        assert response.status_code == 413


def test_a_body_of_the_maximum_size_is_read(client):
    body = b"text=" + b"x" * (VISITOR_LIMIT - 5)
    assert client.post("/feedback/status/", body, FORM).status_code == 200


def test_a_refusal_does_not_query_the_account(send, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):  # the contacts in the footer
        send(STAFF_LIMIT + 1)


@pytest.mark.parametrize("length", ["", "x", "-1", "٣", "1e9", "9" * 5000])
def test_an_invalid_content_length_is_answered(send, length, client):
    client.raise_request_exception = False
    environ = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO()}
    assert client.post("/feedback/status/", **environ).status_code < 500


def test_staff_have_a_larger_body_limit(staff_client):
    large = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"\0" * 2 * VISITOR_LIMIT)
    address = f"/admin/news/post/autosave/{uuid4()}/photos/"
    response = staff_client.post(address, {"file": large}, HTTP_ORIGIN="http://testserver")
    assert response.status_code == 422
    assert "повреждён" in response.json()["message"]


def test_photographs_sent_without_a_login_are_refused_with_advice(send):
    page = send(VISITOR_LIMIT + 1, "/admin/news/post/add/").content.decode()
    assert "Войдите в соседней вкладке" in page


def test_the_staff_body_limit_is_enforced(staff_client):
    response = staff_client.post(
        "/admin/news/post/add/",
        **{
            "CONTENT_LENGTH": str(STAFF_LIMIT + 1),
            "CONTENT_TYPE": FORM,
            "wsgi.input": UnreadableBody(),
        },
    )
    assert response.status_code == 413


def test_a_non_staff_account_has_the_visitor_limit(client):
    user = User.objects.create_user("pupil")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    environ = {"CONTENT_LENGTH": str(VISITOR_LIMIT + 1), "wsgi.input": UnreadableBody()}
    assert client.post("/feedback/", **environ).status_code == 413
