"""Suggestions in the admin: what staff see in lists, the restricted queue, emails."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from feedback.models import Event, Mail, RateLimitCounter, Suggestion
from feedback.models.rate_limits import Scope
from tests import factories
from tests.feedback.suggestion_admin import LIST, RIGHTS, act, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS)


@pytest.mark.usefixtures("worker")
def test_suggestions_cannot_be_added_or_deleted(client):
    suggestion = factories.suggestion()
    assert client.post(f"{LIST}{suggestion.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


# The restricted queue -----------------------------------------------------------------------------

HIDDEN = "Меня обижают в группе."


@pytest.fixture
def restricted():
    return factories.suggestion(text=HIDDEN, is_restricted=True)


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    "query", ["", "?q=обижают", "?attention=urgent", "?status__exact=received", "?q={}"]
)
def test_lists_and_searches_hide_restricted_suggestions_without_the_permission(
    client, restricted, query
):
    page = client.get(LIST + query.format(restricted.number), follow=True).content.decode()
    assert HIDDEN not in page
    assert "0\u00a0предложений" in page


@pytest.mark.usefixtures("worker")
def test_only_the_permission_allows_to_filter_by_the_restricted_queue(client):
    assert client.get(f"{LIST}?is_restricted__exact=1").status_code == 400
    enter(client, *RIGHTS, "view_restricted")
    assert client.get(f"{LIST}?is_restricted__exact=1").status_code == 200


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("place", ["change", "history", "delete"])
def test_a_restricted_suggestion_cannot_be_opened_without_the_permission(client, restricted, place):
    response = client.get(f"{LIST}{restricted.pk}/{place}/", follow=True)
    assert HIDDEN not in response.content.decode()
    assert f"/{restricted.pk}/{place}/" not in [url for url, _ in response.redirect_chain]


@pytest.mark.usefixtures("worker")
def test_a_restricted_suggestion_cannot_be_changed_without_the_permission(client, restricted):
    act(client, restricted, "declined", "Нет.")
    client.post(LIST, {"action": "release_selected", "_selected_action": restricted.pk})
    assert Event.objects.count() == 1


@pytest.mark.usefixtures("worker")
def test_counts_and_emails_exclude_restricted_suggestions_without_the_permission(client):
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        factories.suggestion(email="a@example.ru", is_restricted=True, **consent)
    Mail.objects.update(last_error="450")
    context = client.get(LIST).context
    assert (context["counts"]["overdue"], context["failing"]) == (0, 0)
    assert client.get("/admin/feedback/mail/").context["cl"].result_count == 0


def test_staff_with_the_permission_can_open_up_and_restrict_suggestions(client, restricted):
    staff = enter(client, *RIGHTS, "view_restricted")
    assert restricted.number in client.get(f"{LIST}?is_restricted__exact=1").content.decode()
    act(client, restricted, "opened_up")
    assert not Suggestion.objects.get().is_restricted
    act(client, restricted, "restricted")
    assert Suggestion.objects.get().is_restricted
    kinds = Event.objects.filter(staff=staff).values_list("kind", flat=True)
    assert list(kinds) == ["read", "opened_up", "restricted"]


# Changelist ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("worker")
def test_a_suggestion_is_found_by_its_number(client):
    wanted, other = factories.suggestion(text="Это оно."), factories.suggestion(text="Не оно.")
    page = client.get(LIST, {"q": wanted.number}).content.decode()
    assert "Это оно." in page
    assert other.text not in page


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("q", ["лaвочки", "ла\u00adвочки", "лавочки‑качели", "{0}–{1}"])
def test_a_suggestion_is_found_however_it_is_typed(client, q):
    wanted = factories.suggestion(text="Нужны ла\u200bвочки—качели.")
    factories.suggestion(text="Другое.")
    found = client.get(LIST, {"q": q.format(*wanted.number.split("-"))}).context["cl"].result_list
    assert list(found) == [wanted]


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("q", ["9" * 5000, "9999-999999", "2026-0", "\U0010ffff", "-", "٢٠٢٦-١"])
def test_any_admin_search_is_answered(client, q):
    assert client.get(LIST, {"q": q}).status_code == 200


@pytest.mark.usefixtures("worker")
def test_quarantined_suggestions_show_their_reasons(client):
    factories.suggestion(status="quarantine", suspicion="Пять ссылок")
    assert "Пять ссылок" in client.get(f"{LIST}?status__exact=quarantine").content.decode()
    assert client.get(LIST).context["counts"]["quarantine"] == 1


@pytest.mark.usefixtures("worker")
def test_selected_quarantined_suggestions_are_released_together(client):
    waiting = [factories.suggestion(status="quarantine") for _ in range(2)]
    open_one = factories.suggestion()
    chosen = [one.pk for one in (*waiting, open_one)]
    data = {"action": "release_selected", "_selected_action": chosen}
    page = client.post(LIST, data, follow=True).content.decode()
    assert "Выпущено из карантина: 2." in page
    assert f"№ {open_one.number}" in page
    assert not Suggestion.objects.in_desk_state("quarantine").exists()


@pytest.mark.usefixtures("worker")
def test_overdue_suggestions_and_code_guesses_are_counted_above_the_list(client):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        factories.suggestion()
    RateLimitCounter.add(Scope.GUESSES, "", 25)
    page = client.get(LIST)
    assert page.context["counts"]["overdue"] == 1
    assert "неверных сегодня — 25" in page.content.decode()


@pytest.mark.usefixtures("worker")
def test_a_few_wrong_codes_raise_no_warning(client):
    RateLimitCounter.add(Scope.GUESSES, "", 3)
    assert "подбирают" not in client.get(LIST).content.decode()


# Emails -------------------------------------------------------------------------------------------


@pytest.fixture
def mails():
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    for _ in range(2):
        factories.suggestion(email="a@example.ru", **consent)
    sent, failing = Mail.objects.order_by("pk")
    Mail.objects.filter(pk=sent.pk).update(sent_at=timezone.now(), due_at=None)
    later = timezone.now() + datetime.timedelta(days=1)
    Mail.objects.filter(pk=failing.pk).update(last_error="550 нет ящика", attempts=9, due_at=later)
    return sent, failing


@pytest.mark.usefixtures("worker")
def test_failing_emails_are_listed_first_with_their_errors(client, mails):
    listed = list(client.get("/admin/feedback/mail/").context["cl"].result_list)
    assert listed == [mails[1], mails[0]]
    response = client.get("/admin/feedback/mail/?delivery=failing")
    assert "550 нет ящика" in response.content.decode()
    assert response.context["cl"].result_count == 1


@pytest.mark.usefixtures("worker")
def test_sending_again_reschedules_failing_emails_only(client, mails):
    chosen = {"action": "send_again", "_selected_action": [mail.pk for mail in mails]}
    client.post("/admin/feedback/mail/", chosen)
    sent, failing = Mail.objects.order_by("pk")
    assert failing.due_at <= timezone.now()
    assert sent.due_at is None


def test_view_only_staff_cannot_resend_emails(client, mails):
    enter(client, "view_mail")
    chosen = {"action": "send_again", "_selected_action": [mails[1].pk]}
    client.post("/admin/feedback/mail/", chosen)
    assert Mail.objects.get(pk=mails[1].pk).due_at > timezone.now()


@pytest.mark.parametrize("right", ["", "view_restricted"])
def test_the_filter_of_the_restricted_queue_needs_the_permission(client, right):
    enter(client, *RIGHTS, right)
    factories.suggestion()
    filters = client.get(LIST).context["cl"].filter_specs
    assert ("is_restricted" in [getattr(one, "field_path", "") for one in filters]) is bool(right)


@pytest.mark.parametrize("rights", [["view_suggestion"], RIGHTS])
def test_releasing_selected_suggestions_needs_the_change_permission(client, rights):
    enter(client, *rights)
    factories.suggestion(status="quarantine")
    assert ("release_selected" in client.get(LIST).content.decode()) is (rights == RIGHTS)
