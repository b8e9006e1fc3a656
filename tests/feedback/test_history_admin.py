"""Nobody edits or deletes a row of the history in the admin, in any role, by any method."""

import pytest
from django.contrib import admin
from django.test import Client

from college_site.accounts.roles import ROLES
from feedback.history.verification import verify_history
from feedback.models import Event, HistoryHead
from tests import factories
from tests.feedback.suggestion_admin import RIGHTS, page_of

pytestmark = pytest.mark.django_db
OF_EVENTS = [f"{action}_event" for action in ("view", "add", "change", "delete")]
MAKERS = {
    **{role: lambda role=role: factories.member(role) for role in ROLES},
    "desk": lambda: factories.staff_with(*RIGHTS, "view_restricted", "delete_suggestion"),
    "events": lambda: factories.staff_with(*RIGHTS, *OF_EVENTS),
    "superuser": factories.staff,
}


def attempts(event):
    """Addresses with what is sent there to change, add or delete the event."""
    row = {
        "events-TOTAL_FORMS": "1",
        "events-INITIAL_FORMS": "1",
        "events-0-id": event.pk,
        "events-0-suggestion": event.suggestion_id,
        "events-0-kind": "hidden",
        "events-0-text": "Другие слова.",
        "topic": event.suggestion.topic_id,
        "action": "",
        "words": "",
    }
    page = page_of(event.suggestion)
    yield page, row
    yield page, {**row, "events-0-DELETE": "on"}
    yield page, {**row, "events-TOTAL_FORMS": "2", "events-1-kind": "hidden", "events-1-text": "!"}
    yield page.replace("/change/", "/delete/"), {"post": "yes"}
    for name in ("event", "historyhead"):
        yield f"/admin/feedback/{name}/{event.pk}/change/", row
        yield f"/admin/feedback/{name}/{event.pk}/delete/", {"post": "yes"}
        yield f"/admin/feedback/{name}/add/", row


@pytest.mark.parametrize("role", MAKERS)
def test_no_role_changes_the_history_by_any_method(role):
    factories.answered()
    client = Client(raise_request_exception=False)
    client.force_login(MAKERS[role](), backend="django.contrib.auth.backends.ModelBackend")
    before = list(Event.objects.order_by("pk").values())
    for event in Event.objects.select_related("suggestion"):
        for address, entries in attempts(event):
            for method in ("post", "put", "patch", "delete", "get"):
                assert getattr(client, method)(address, entries).status_code < 500
    assert list(Event.objects.order_by("pk").values()) == before
    assert verify_history().events == 2


@pytest.mark.parametrize("model", [Event, HistoryHead])
def test_the_history_has_no_admin_of_its_own(model):
    assert model not in admin.site._registry


def test_an_account_that_stands_in_the_history_cannot_be_deleted(staff_client):
    answered = factories.answered()
    person = answered.events.get(kind="answered").staff
    staff_client.post(f"/admin/auth/user/{person.pk}/delete/", {"post": "yes"})
    assert answered.events.get(kind="answered").staff == person
