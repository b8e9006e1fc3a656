"""What sending a suggestion asks of the database: many send at once, and one writes at a time."""

import pytest
from django.test import Client

from feedback.models import Mail, Suggestion
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/new/"
LONG_TEXT = "Поставьте лавочки, столы и урны у входа во двор. " * 90


@pytest.fixture
def send(client, django_assert_max_num_queries):
    """Send a suggestion, after one that starts the counters of the day, with so many statements."""
    Client().post(URL, factories.suggestion_entries())

    def send_within(limit, **changes):
        entries = factories.suggestion_entries(**changes)
        with django_assert_max_num_queries(limit):
            client.post(URL, entries)
        return Suggestion.objects.latest("pk")

    return send_within


def test_sending_a_suggestion_takes_twenty_statements(send):
    assert send(20).sequence == 2


def test_a_long_text_takes_no_more_statements(send):
    assert send(20, text=LONG_TEXT).words.count() == 6


def test_an_address_takes_the_letter_and_nothing_else(send):
    consent = factories.consent()
    contact = {"email": "anna@example.ru", "consents": "on", "consent_version": consent.version}
    assert send(21, reply_by="email", **contact).email
    assert Mail.objects.count() == 1


def test_quarantine_takes_one_more_event(send):
    suggestion = send(23, website="https://example.com")
    assert [event.kind for event in suggestion.events.all()] == ["received", "quarantined"]


def test_a_second_click_takes_no_lock_of_the_register(client, django_assert_max_num_queries):
    entries = factories.suggestion_entries()
    Client().post(URL, entries)
    with django_assert_max_num_queries(9):
        client.post(URL, entries)
    assert Suggestion.objects.count() == 1
