"""Rows from the first version: after all migrations deadlines, history and destruction work."""

import datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from college_site.accounts.roles import HEAD, INTAKE, RESTRICTED_QUEUE
from feedback.erasure.purge import Reason, erase
from feedback.history.verification import verify_history
from feedback.models import Event, Suggestion
from tests import factories

FIRST = [("feedback", "0001_initial")]
RECEIVED = datetime.datetime.fromisoformat("2026-04-08 12:00+04:00")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def upgraded(transactional_db):
    """Migrated back, filled as the first version did, and migrated forward to the newest."""
    executor = MigrationExecutor(connection)
    leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "feedback"]
    executor.migrate(FIRST)
    try:
        fill(executor.loader.project_state(FIRST).apps)
    finally:
        MigrationExecutor(connection).migrate(leaves)


def fill(apps):
    """An answered suggestion with contact and file, one that waits, one in the restricted queue."""
    consent = apps.get_model("feedback", "Consent").objects.create(version=1, text="Согласна.")
    contact = {"email": "anna@example.ru", "consent": consent, "consented_at": RECEIVED}
    answered = add(apps, 1, status="answered", answer="Поставили.", **contact)
    waiting = add(apps, 2, status="waiting")
    add(apps, 3, is_restricted=True)
    # Out of order: the question was written to the table before the answer but happened later.
    write(apps, waiting, "question", 5, "Где?")
    write(apps, answered, "answered", 3, "Поставили.")
    received = answered.events.get(kind="received")
    apps.get_model("feedback", "Attachment").objects.create(
        suggestion_id=answered.pk, event=received, name="Двор.jpg", size=1, file="attachments/none"
    )


def add(apps, number, **fields):
    topic, _ = apps.get_model("feedback", "SuggestionTopic").objects.get_or_create(title="Двор")
    row = apps.get_model("feedback", "Suggestion").objects.create(
        year=2026,
        sequence=number,
        code_hash=str(number),
        submission_hash=str(number),
        topic=topic,
        role="student",
        text=f"Текст {number}",
        received_at=RECEIVED,
        due_on="2026-05-08",
        **fields,
    )
    write(apps, row, "received", 0)
    return row


def write(apps, suggestion, kind, day, text=""):
    apps.get_model("feedback", "Event").objects.create(
        suggestion=suggestion, kind=kind, text=text, happened_at=RECEIVED + day * DAY
    )


def test_the_history_of_old_rows_is_one_chain_in_order(upgraded):
    assert verify_history().events == 5
    moments = Event.objects.order_by("position").values_list("happened_at", flat=True)
    assert [*moments] == sorted(moments)


def test_an_old_answer_has_the_moment_of_its_event(upgraded):
    answered = Suggestion.objects.get(status="answered")
    assert answered.answered_at == answered.events.get(kind="answered").happened_at
    assert not Suggestion.objects.exclude(pk=answered.pk).exclude(answered_at=None).exists()


def test_old_rows_go_on_in_the_same_chain_and_can_be_destroyed(upgraded):
    waiting = Suggestion.objects.get(status="waiting")
    assert f"{waiting.paused_on}" == "2026-04-13"
    waiting.assign(person := factories.staff(), person)
    waiting.reply("У входа.", None)
    waiting.give_answer("Поставили.", person)
    assert verify_history().events == 8
    for suggestion in Suggestion.objects.order_by("pk"):
        erase(suggestion, Reason.DEMAND)
    found = verify_history()
    assert (found.events, found.erased) == (11, 8)


def test_old_rows_are_found_by_words_and_counted_by_month(upgraded):
    assert Suggestion.objects.with_words(["тексты"]).count() == 3
    assert Suggestion.objects.with_words(["поставить"]).get().sequence == 1
    months = Suggestion.objects.values_list("received_month", flat=True)
    assert set(months) == {datetime.date(2026, 4, 1)}


def test_the_pauses_of_old_rows_end_with_the_answer_of_the_author():
    migration = import_module("feedback.migrations.0018_suggestion_words")
    events = [
        SimpleNamespace(kind=kind, happened_at=RECEIVED + day * DAY)
        for kind, day in [
            ("received", 0),
            ("question", 2),
            ("note", 3),
            ("question", 4),
            ("reply", 9),
            ("reply", 11),
            ("question", 12),
            ("answered", 15),
            ("rated", 20),
        ]
    ]
    assert [*migration.list_pauses(events)] == [7, 3]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (HEAD, {"view_contact", "purge_suggestion", "export_suggestion"}),
        (RESTRICTED_QUEUE, {"view_contact"}),
        (INTAKE, set()),
    ],
)
@pytest.mark.django_db
def test_a_role_gets_what_it_needs_of_the_history(role, expected):
    new = {"view_contact", "purge_suggestion", "export_suggestion"}
    factories.member(role)
    names = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
    assert {*names} & new == expected
