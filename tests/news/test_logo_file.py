"""The logo of a partner: cleaned like other pictures, public for everybody."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import factories

pytestmark = pytest.mark.django_db


def logo(size=(900, 300)):
    return ContentFile(factories.picture_bytes(size), name="logo.jpg")


def test_a_logo_is_public_and_cached_by_browsers(client):
    response = client.get(factories.partner(logo=logo()).logo_url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cache-Control"] == "private, max-age=86400"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")


def test_an_unknown_logo_is_not_found(client):
    factories.partner()
    assert client.get("/logos/0123.jpg").status_code == 404


def test_a_logo_whose_file_is_missing_is_not_found(client):
    partner = factories.partner(logo=logo())
    default_storage.delete(partner.logo.name)
    assert client.get(partner.logo_url).status_code == 404


def test_a_large_logo_is_scaled_down():
    partner = factories.partner(logo=logo((1800, 600)))
    assert (partner.width, partner.height) == (480, 160)


def test_replacing_a_logo_deletes_the_old_file(django_capture_on_commit_callbacks):
    partner = factories.partner(logo=logo())
    first = partner.logo.name
    with django_capture_on_commit_callbacks(execute=True):
        partner.logo = logo()
        partner.save()
    assert not default_storage.exists(first)
    assert default_storage.exists(partner.logo.name)


def test_deleting_a_partner_deletes_the_logo_file(django_capture_on_commit_callbacks):
    partner = factories.partner(logo=logo())
    with django_capture_on_commit_callbacks(execute=True):
        partner.delete()
    assert not default_storage.exists(partner.logo.name)


def test_staff_can_upload_and_remove_a_logo(staff_client):
    partner = factories.partner()
    path = f"/admin/news/partner/{partner.pk}/change/"
    fields = {"name": partner.name, "slug": partner.slug, "description": "", "site": ""}
    file = ContentFile(factories.picture_bytes((900, 300), "PNG"), name="a.png")
    assert staff_client.post(path, {**fields, "logo": file}).status_code == 302
    partner.refresh_from_db()
    assert (partner.width, partner.height) == (480, 160)
    assert staff_client.post(path, {**fields, "logo-clear": "on"}).status_code == 302
    partner.refresh_from_db()
    assert partner.logo_url == ""


def test_a_logo_that_is_no_picture_is_refused(staff_client):
    file = ContentFile(b"<svg onload=alert(1)>", name="logo.svg")
    fields = {"name": "Завод", "slug": "zavod", "description": "", "site": "", "logo": file}
    response = staff_client.post("/admin/news/partner/add/", fields)
    assert "Это не фотография" in response.content.decode()


def test_saving_a_partner_keeps_its_logo(django_capture_on_commit_callbacks):
    partner = factories.partner(logo=logo())
    with django_capture_on_commit_callbacks(execute=True):
        partner.save()
    assert default_storage.exists(partner.logo.name)


def test_no_logo_is_deleted_before_the_commit():
    partner = factories.partner(logo=logo())
    first = partner.logo.name
    partner.logo = logo()
    partner.save()
    second = partner.logo.name
    partner.delete()
    assert default_storage.exists(first)
    assert default_storage.exists(second)
