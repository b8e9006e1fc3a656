"""The files of a suggestion: access and response headers."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from feedback.staged_files import stage_uploads
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
HASH = "0" * 64


@pytest.fixture
def suggestion():
    stage_uploads([SimpleUploadedFile("Двор.png", factories.picture_bytes(format="PNG"))], HASH)
    return factories.suggestion(staging_hash=HASH)


@pytest.fixture
def file(suggestion):
    return suggestion.attachments.get()


def start_session(client, suggestion):
    response = HttpResponse()
    start_author_session(response, suggestion)
    client.cookies.update(response.cookies)


def fetch(client, file):
    """The response, with its content as `body`."""
    response = client.get(file.get_absolute_url())
    response.body = b"".join(response)
    return response


def worker(*rights):
    user = User.objects.create_user("worker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def test_the_author_can_download_an_attachment(client, suggestion, file):
    start_session(client, suggestion)
    response = fetch(client, file)
    with file.file.open() as stored:
        assert response.body == stored.read()


def test_the_author_of_another_suggestion_gets_404(client, file):
    start_session(client, factories.suggestion())
    assert fetch(client, file).status_code == 404


def test_an_anonymous_visitor_gets_404(client, file):
    assert fetch(client, file).status_code == 404


@pytest.mark.parametrize(
    ("rights", "status"),
    [(["view_suggestion", "view_queue"], 200), (["view_suggestion"], 404), ([], 404)],
)
def test_staff_need_the_permission_to_view_suggestions(client, file, rights, status):
    client.force_login(worker(*rights), backend=BACKEND)
    assert fetch(client, file).status_code == status


@pytest.mark.parametrize(
    ("rights", "status"),
    [(["view_suggestion"], 404), (["view_suggestion", "view_restricted"], 200)],
)
def test_a_restricted_attachment_needs_the_restricted_permission(
    client, suggestion, file, rights, status
):
    suggestion.restrict(None)
    client.force_login(worker(*rights), backend=BACKEND)
    assert fetch(client, file).status_code == status


def test_a_staged_file_cannot_be_downloaded(staff_client):
    [waiting] = stage_uploads([SimpleUploadedFile("a.jpg", factories.picture_bytes())], HASH)
    assert fetch(staff_client, waiting).status_code == 404


def test_an_attachment_is_downloaded_and_never_displayed_inline(staff_client, file):
    headers = fetch(staff_client, file).headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_an_attachment_is_never_cached(staff_client, file):
    assert "no-store" in fetch(staff_client, file).headers["Cache-Control"]


def test_a_file_missing_from_the_disk_is_404(staff_client, file):
    default_storage.delete(file.file.name)
    assert fetch(staff_client, file).status_code == 404


def test_an_unknown_key_is_404(staff_client):
    assert staff_client.get(f"/feedback/files/{uuid4()}/").status_code == 404


def test_the_admin_and_the_authors_page_link_the_attachment(client, staff_client, suggestion, file):
    admin_page = staff_client.get(f"/admin/feedback/suggestion/{suggestion.pk}/change/")
    assert f'href="{file.get_absolute_url()}"' in admin_page.content.decode()
    start_session(client, suggestion)
    page = client.get("/feedback/mine/").content.decode()
    assert f'href="{file.get_absolute_url()}"' in page


def test_the_admin_and_the_authors_page_tell_what_the_file_lost(client, staff_client, suggestion):
    suggestion.attachments.update(lost="пометка (стр.\u00a02)")
    desk = staff_client.get(f"/admin/feedback/suggestion/{suggestion.pk}/change/")
    assert "(не сохранилось: пометка (стр.\u00a02))" in desk.content.decode()
    start_session(client, suggestion)
    assert (
        "Не сохранилось: пометка (стр.\u00a02)." in client.get("/feedback/mine/").content.decode()
    )
