"""The text of each version of the consent."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from feedback.models import Consent
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_consent_version_has_its_own_page(client):
    consent = factories.consent(text="Я согласен.", published_on=datetime.date(2026, 9, 1))
    page = client.get(consent.get_absolute_url()).content.decode()
    assert "Я согласен." in page
    assert "1\u00a0сентября 2026\u00a0года" in page


def test_an_older_consent_version_remains_available(client):
    old = factories.consent(text="Старый текст.")
    factories.consent(text="Новый текст.")
    assert "Старый текст." in client.get(old.get_absolute_url()).content.decode()


def test_a_consent_takes_effect_on_its_publication_date():
    first = factories.consent(published_on=datetime.date(2026, 1, 1))
    second = factories.consent(published_on=datetime.date(2026, 9, 1))
    for day, in_force in (("2025-12-31", None), ("2026-08-31", first), ("2026-09-01", second)):
        with time_machine.travel(f"{day} 23:30+04:00", tick=False):
            assert Consent.objects.current() == in_force


def test_the_form_has_no_email_field_before_a_consent_is_effective(client):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    factories.consent(published_on=tomorrow)
    assert 'name="email"' not in client.get("/feedback/new/").content.decode()


def test_the_paragraphs_of_a_consent_are_preserved(client, read_page):
    consent = factories.consent(text="Первый.\n\nВторой <b>.")
    paragraphs = [p.text() for p in read_page(client.get(consent.get_absolute_url())).root.all("p")]
    assert {"Первый.", "Второй <b>."} <= set(paragraphs)


@pytest.mark.parametrize("version", ["0", "99999", "9" * 30, "9" * 5000])
def test_an_unknown_version_is_not_found(client, version):
    assert client.get(f"/feedback/consent/{version}/").status_code == 404


def test_a_consent_somebody_has_given_cannot_be_edited(staff_client):
    consent = factories.consent()
    factories.suggestion(email="a@example.ru", consent=consent, consented_at=consent_moment())
    url = f"/admin/feedback/consent/{consent.pk}/change/"
    entries = {"version": 77, "text": "Другое", "published_on": "2026-01-01"}
    assert staff_client.post(url, entries).status_code == 403
    consent.refresh_from_db()
    assert consent.text == "Я согласен."


def test_a_consent_nobody_has_given_can_be_edited(staff_client):
    consent = factories.consent()
    url = f"/admin/feedback/consent/{consent.pk}/change/"
    entries = {"version": 77, "text": "Другое", "published_on": "01.01.2026"}
    assert staff_client.post(url, entries).status_code == 302
    consent.refresh_from_db()
    assert consent.text == "Другое"


def consent_moment():
    return datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def test_the_consent_page_has_breadcrumbs(client):
    page = client.get(factories.consent().get_absolute_url()).content.decode()
    assert 'aria-label="Вы здесь"' in page
    assert '<a href="/feedback/">' in page
