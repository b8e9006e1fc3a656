"""Who read a contact or a restricted suggestion stands in the history, for staff only."""

import datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.utils import timezone

from feedback.history.verification import verify_history
from feedback.models import Event, Suggestion
from tests import factories
from tests.clients import start_author_session
from tests.feedback.suggestion_admin import LIST, enter, page_of

pytestmark = pytest.mark.django_db
READER = ("view_suggestion", "view_queue", "view_restricted", "view_publication")
ADDRESS = "anna@example.ru"


@pytest.fixture
def restricted():
    factories.attachment("0" * 64)
    return factories.suggestion(staging_hash="0" * 64, is_restricted=True, text="Меня бьют.")


@pytest.fixture
def with_contact():
    return factories.suggestion(
        email=ADDRESS, consent=factories.consent(), consented_at=timezone.now()
    )


def contact_of(suggestion):
    return f"{LIST}{suggestion.pk}/contact/"


def readings():
    kinds = ("read", "contact_read")
    return list(Event.objects.filter(kind__in=kinds).values_list("kind", "staff"))


def addresses(suggestion):
    yield page_of(suggestion)
    yield f"{LIST}{suggestion.pk}/history/"
    yield suggestion.attachments.get().get_absolute_url()
    copy = factories.publication(suggestion=suggestion, published_at=None)
    yield f"/admin/feedback/publication/{copy.pk}/change/"


def test_each_way_to_read_a_restricted_suggestion_is_recorded(client, restricted):
    for address in addresses(restricted):
        user = enter(client, *READER)
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response)
        assert readings()[-1] == ("read", user.pk)
    assert len(readings()) == 4
    assert verify_history().events == 5


def test_the_list_shows_no_words_of_a_restricted_suggestion(client, restricted):
    enter(client, *READER)
    page = client.get(LIST).content.decode()
    assert restricted.number in page
    assert restricted.text not in page
    assert readings() == []


def test_a_person_is_recorded_once_an_hour(client, restricted):
    user = enter(client, *READER)
    for minutes in (0, 10, 59, 61, 70):
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=minutes), tick=False):
            client.get(page_of(restricted))
    assert readings() == [("read", user.pk)] * 2


def test_each_person_is_recorded(restricted):
    people = [factories.staff(), factories.staff()]
    for person in people:
        restricted.note_restricted(person)
    assert readings() == [("read", person.pk) for person in people]


def test_reading_an_ordinary_suggestion_is_not_recorded(client):
    enter(client, *READER)
    client.get(page_of(factories.suggestion()))
    assert readings() == []


def test_a_refused_reading_is_not_recorded(client, restricted):
    enter(client, "view_suggestion", "view_queue")
    assert client.get(page_of(restricted)).status_code == 302
    assert readings() == []


# The contact --------------------------------------------------------------------------------------


def test_the_address_stands_on_a_page_whose_reading_is_recorded(client, with_contact):
    user = enter(client, "view_suggestion", "view_queue", "view_contact")
    page = client.get(page_of(with_contact)).content.decode()
    assert ADDRESS not in page
    assert contact_of(with_contact) in page
    assert readings() == []
    response = client.get(contact_of(with_contact))
    assert ADDRESS in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert readings() == [("contact_read", user.pk)]


@pytest.mark.parametrize(
    "rights",
    [("view_suggestion", "view_queue", "change_suggestion"), ("view_contact",), ()],
    ids=str,
)
def test_nobody_else_reads_the_address(client, with_contact, rights):
    enter(client, *rights)
    assert client.get(contact_of(with_contact)).status_code == 403
    assert ADDRESS not in client.get(page_of(with_contact)).content.decode()
    assert readings() == []


def test_the_address_of_a_restricted_suggestion_needs_both_permissions(client, with_contact):
    Suggestion.objects.update(is_restricted=True)
    enter(client, "view_suggestion", "view_queue", "view_contact")
    assert client.get(contact_of(with_contact)).status_code == 404


@pytest.mark.parametrize("key", [0, 10**12])
def test_a_guessed_number_finds_no_address(client, key):
    enter(client, "view_suggestion", "view_queue", "view_contact")
    factories.suggestion()
    assert client.get(f"{LIST}{key}/contact/").status_code == 404


def test_the_author_sees_no_readings(client, restricted):
    restricted.note_restricted(factories.staff())
    start_author_session(response := HttpResponse(), restricted)
    client.cookies.update(response.cookies)
    page = client.get("/feedback/mine/").content.decode()
    assert "Прочитано" not in page
