"""Suggestions by what is due: the list's filter and the panel of the start page."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from college_site.accounts.roles import HEAD, INTAKE, RESPONSIBLE, RESTRICTED_QUEUE
from feedback.models import Promise, Suggestion
from feedback.models.workflow.desk_states import DESK_STATES
from tests import factories
from tests.clients import browser
from tests.feedback.suggestion_admin import LIST

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
WEDNESDAY = "2026-04-01 12:00+04:00"


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def due(day, **fields):
    suggestion = factories.suggestion(**{"status": "in_progress", **fields})
    Suggestion.objects.filter(pk=suggestion.pk).update(due_on=day, limit_on=day)
    return suggestion


def promised(day):
    suggestion = factories.promise().suggestion
    Promise.objects.filter(pk=suggestion.pk).update(due_on=day)
    return suggestion


def one_of_each():
    """{state: the only suggestion in it}; the restricted one is due later than this week."""
    return {
        "overdue": due("2026-03-31"),
        "today": due("2026-04-01"),
        "week": due("2026-04-03"),
        "new": due("2026-04-06", status="received"),
        "waiting": due("2026-03-31", status="waiting"),
        "quarantine": due("2026-04-06", status="quarantine"),
        "urgent": due("2026-04-06", is_restricted=True),
        "promises": promised("2026-03-31"),
    }


def client_of(user):
    client = browser()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize("state", DESK_STATES)
def test_each_state_holds_its_suggestion_alone(state):
    expected = one_of_each()[state]
    due("2026-03-31", status="answered", answer="Да")
    assert list(Suggestion.objects.in_desk_state(state)) == [expected]
    assert Suggestion.objects.count_desk_states() == dict.fromkeys(DESK_STATES, 1)


@pytest.mark.parametrize("state", DESK_STATES)
def test_the_lists_filter_shows_the_state(staff_client, state):
    expected = one_of_each()[state]
    listed = staff_client.get(f"{LIST}?attention={state}").context["cl"].result_list
    assert list(listed) == [expected]


@pytest.mark.parametrize("day", ["2026-04-05", "2026-04-06"])
def test_a_week_ends_on_sunday(day):
    suggestion = due(day)
    assert list(Suggestion.objects.in_desk_state("week")) == (
        [suggestion] if day[-1] == "5" else []
    )


def test_the_states_are_counted_in_two_queries():
    one_of_each()
    with CaptureQueriesContext(connection) as queries:
        Suggestion.objects.count_desk_states()
    assert len(queries) == 2


def panel_of(client):
    panels = client.get("/admin/").context["panels"]
    return next((panel for panel in panels if panel.heading == "Предложения"), None)


def test_the_start_page_links_each_state_with_its_count(staff_client):
    one_of_each()
    due("2026-03-30")
    rows = panel_of(staff_client).rows
    assert rows[0][:2] == ("Просрочено: 2", f"{LIST}?attention=overdue")
    assert [row.title.partition(":")[0] for row in rows] == list(DESK_STATES.values())


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (RESPONSIBLE, None),
        (INTAKE, {"overdue", "today", "week", "new", "waiting", "quarantine", "promises"}),
        (HEAD, {"overdue", "today", "week", "new", "waiting", "quarantine", "promises"}),
        (RESTRICTED_QUEUE, {"urgent"}),
    ],
)
def test_the_start_page_counts_only_what_the_role_sees(role, shown):
    one_of_each()
    panel = panel_of(client_of(factories.member(role)))
    states = panel and {row.address.rpartition("=")[2] for row in panel.rows}
    assert states == shown


def test_a_responsible_person_sees_own_suggestions_on_the_start_page():
    person = factories.member(RESPONSIBLE)
    due("2026-04-01", topic=factories.suggestion_topic(responsible=person))
    due("2026-04-01")
    assert [row.title for row in panel_of(client_of(person)).rows] == ["Сегодня: 1"]


@pytest.mark.parametrize("role", [RESPONSIBLE, INTAKE, HEAD, RESTRICTED_QUEUE])
def test_the_start_page_asks_at_most_twelve_queries(role):
    one_of_each()
    client = client_of(factories.member(role))
    client.get("/admin/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/")
    assert len(queries) <= 12


def test_late_promises_are_looked_up_without_reading_suggestions():
    sql = str(Suggestion.objects.in_desk_state("promises").by_urgency().query)
    assert '"feedback_suggestion"."id" IN (SELECT' in sql
    assert "JOIN" not in sql
