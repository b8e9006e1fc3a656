"""security.txt (RFC 9116): how to report a vulnerability."""

import datetime

from django.utils import timezone

URL = "/.well-known/security.txt"


def fields(client):
    lines = client.get(URL).content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_security_txt_names_the_contact_of_the_settings(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@college.example"
    assert fields(client)["Contact"] == "mailto:security@college.example"


def test_security_txt_expires_within_a_year(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@college.example"
    expires = datetime.datetime.fromisoformat(fields(client)["Expires"])
    assert timezone.now() < expires < timezone.now() + datetime.timedelta(days=365)


def test_security_txt_has_its_canonical_url(client, settings):
    settings.SECURITY_CONTACT = "https://college.example/report"
    settings.SITE_URL = "https://college.example"
    assert fields(client)["Canonical"] == f"https://college.example{URL}"


def test_security_txt_is_plain_text(client, settings):
    settings.SECURITY_CONTACT = "https://college.example/report"
    assert client.get(URL)["Content-Type"] == "text/plain; charset=utf-8"


def test_security_txt_without_a_contact_is_not_found(client, settings, db):
    settings.SECURITY_CONTACT = ""
    assert client.get(URL).status_code == 404
