"""Suggestions from paper, telephone and meetings in the admin, and their receipt."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from college_site.accounts.roles import INTAKE, RESPONSIBLE
from feedback.erasure.purge import Reason, erase
from feedback.history.verification import verify_history
from feedback.models import Attachment, Mail, Suggestion
from tests import factories

pytestmark = pytest.mark.django_db
ENTER = "/admin/feedback/suggestion/intake/"
RECEIPT = "/admin/feedback/suggestion/receipt/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def intake(client):
    user = factories.member(INTAKE, first_name="Ольга", last_name="Приёмова")
    client.force_login(user, backend=BACKEND)
    return user


def entries(**changed):
    return {
        "submission_key": str(uuid4()),
        "source": "paper",
        "received_on": f"{timezone.localdate():%Y-%m-%d}",
        "topic": factories.suggestion_topic().pk,
        "role": "parent",
        "text": "Поставьте у входа скамейку: бабушкам негде ждать.",
        **changed,
    }


def days_ago(number):
    return f"{timezone.localdate() - datetime.timedelta(days=number):%Y-%m-%d}"


def test_it_enters_the_same_register_and_chain(client, intake):
    before = factories.suggestion()
    assert client.post(ENTER, entries()).status_code == 303
    row = Suggestion.objects.get(source="paper")
    assert (row.sequence, row.status) == (before.sequence + 1, "received")
    event = row.events.get()
    assert (event.kind, event.text, event.staff) == ("received", "Бумага.", intake)
    verify_history()


def test_the_deadline_counts_from_the_day_of_receipt(client, intake):
    client.post(ENTER, entries(received_on=days_ago(5)))
    row = Suggestion.objects.get()
    assert timezone.localdate(row.received_at) == timezone.localdate() - datetime.timedelta(days=5)
    assert row.limit_on == timezone.localdate() + datetime.timedelta(days=25)


def test_paper_of_december_gets_a_number_of_its_year(client):
    with time_machine.travel("2026-01-12 10:00+04:00", tick=False):
        client.force_login(factories.member(INTAKE), backend=BACKEND)
        client.post(ENTER, entries(received_on="2025-12-29"))
    assert Suggestion.objects.get().number == "2025-1"


@pytest.mark.parametrize(("days", "words"), [(-1, "ещё не наступило"), (31, "больше 30 дней")])
def test_a_wrong_day_is_explained_and_nothing_is_stored(client, intake, days, words):
    response = client.post(ENTER, entries(received_on=days_ago(days)))
    assert words in str(response.context["form"].errors["received_on"])
    assert "бабушкам негде ждать" in response.content.decode()
    assert not Suggestion.objects.exists()


def test_the_oldest_day_allowed_is_accepted(client, intake):
    client.post(ENTER, entries(received_on=days_ago(30)))
    assert Suggestion.objects.exists()


@pytest.mark.parametrize("source", ["", "site", "rumour"])
def test_staff_cannot_enter_what_came_by_the_site(client, intake, source):
    response = client.post(ENTER, entries(source=source))
    assert "source" in response.context["form"].errors


def test_links_and_repeats_lead_to_no_quarantine(client, intake):
    text = "Смотрите https://a.example https://b.example https://c.example"
    for _ in range(5):
        client.post(ENTER, entries(text=text))
    assert set(Suggestion.objects.values_list("status", flat=True)) == {"received"}


def test_a_cry_for_help_on_paper_enters_the_restricted_queue(client, intake):
    client.post(ENTER, entries(text="Меня избивают в раздевалке после занятий."))
    assert Suggestion.objects.get().is_restricted
    page = client.get(RECEIPT).content.decode()
    assert "Открыть предложение" not in page


# The contact --------------------------------------------------------------------------------------


def test_an_address_is_stored_with_the_consent_of_that_day(client, intake):
    consent = factories.consent()
    client.post(ENTER, entries(email="a@example.ru", has_consent="on", received_on=days_ago(3)))
    row = Suggestion.objects.get()
    assert (row.email, row.consent, row.consented_at) == ("a@example.ru", consent, row.received_at)
    assert Mail.objects.filter(event__kind="received").exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"email": "a@example.ru"}, "has_consent"), ({"has_consent": "on"}, "email")],
)
def test_address_and_consent_are_given_together(client, intake, given, field):
    factories.consent()
    response = client.post(ENTER, entries(**given))
    assert field in response.context["form"].errors
    assert not Suggestion.objects.exists()


def test_without_a_consent_no_address_is_asked_for(client, intake):
    assert 'name="email"' not in client.get(ENTER).content.decode()


# Files --------------------------------------------------------------------------------------------


def picture(name="Бумага.jpg"):
    return SimpleUploadedFile(name, factories.picture_bytes(), "image/jpeg")


def test_scans_come_by_the_one_way_in(client, intake):
    client.post(ENTER, entries(files=[picture()]))
    file = Attachment.objects.get()
    assert (file.suggestion, file.name) == (Suggestion.objects.get(), "Бумага.jpg")


def test_scans_stay_while_the_form_has_errors(client, intake):
    sent = entries(text="", files=[picture()])
    page = client.post(ENTER, sent).content.decode()
    assert "Уже приложено «Бумага.jpg»" in page
    client.post(ENTER, {**sent, "text": "Поставьте скамейку у входа.", "files": []})
    assert Suggestion.objects.get().attachments.count() == 1


def test_a_file_that_is_no_picture_is_named(client, intake):
    sent = entries(files=[SimpleUploadedFile("virus.exe", b"MZ" * 50)])
    response = client.post(ENTER, sent)
    assert "virus.exe" in str(response.context["form"].errors["files"])


# The receipt --------------------------------------------------------------------------------------


def test_the_receipt_shows_the_code_that_opens_the_suggestion(client, intake):
    factories.college()
    client.post(ENTER, entries())
    response = client.get(RECEIPT)
    code, row = response.context["code"], Suggestion.objects.get()
    assert code in response.content.decode()
    assert Suggestion.objects.find_by_receipt(row.number, code) == row
    assert "no-store" in response.headers["Cache-Control"]


def test_the_code_is_gone_once_the_receipt_is_handed_over(client, intake):
    client.post(ENTER, entries())
    assert client.post(RECEIPT).status_code == 302
    assert client.get(RECEIPT).status_code == 302


def test_the_code_is_gone_after_half_an_hour(client):
    with time_machine.travel("2026-03-02 10:00+04:00", tick=False) as now:
        client.force_login(factories.member(INTAKE), backend=BACKEND)
        client.post(ENTER, entries())
        assert client.get(RECEIPT).status_code == 200
        now.shift(31 * 60)
        assert client.get(RECEIPT).status_code == 302


def test_the_code_is_stored_nowhere(client, intake):
    client.post(ENTER, entries())
    code = client.get(RECEIPT).context["code"]
    row = Suggestion.objects.get()
    assert code.replace(" ", "") not in str(vars(row))


def test_a_second_click_registers_nothing_new(client, intake):
    sent = entries()
    client.post(ENTER, sent)
    first = client.get(RECEIPT).context["code"]
    client.post(ENTER, sent)
    assert Suggestion.objects.count() == 1
    assert client.get(RECEIPT).context["code"] == first


# The desk -----------------------------------------------------------------------------------------


def test_the_list_offers_it_to_intake_only(client, intake):
    assert ENTER in client.get("/admin/feedback/suggestion/").content.decode()
    client.force_login(factories.member(RESPONSIBLE), backend=BACKEND)
    assert ENTER not in client.get("/admin/feedback/suggestion/").content.decode()


def test_the_page_says_how_it_came_and_who_entered_it(client, intake):
    client.post(ENTER, entries(source="phone"))
    page = client.get(f"/admin/feedback/suggestion/{Suggestion.objects.get().pk}/change/")
    assert "телефон," in page.content.decode()
    assert "Автор, внёс сотрудник Ольга Приёмова" in page.content.decode()


def test_its_data_is_destroyed_like_any_other(client, intake):
    client.post(ENTER, entries())
    erase(Suggestion.objects.get(), Reason.DEMAND)
    verify_history()
