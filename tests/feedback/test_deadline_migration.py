"""Suggestions from before the deadlines had a limit and pauses."""

import datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("feedback", "0001_initial")], [("feedback", "0004_deadline_constraints")]
MOMENT = "2026-04-08 12:00+04:00"  # the limit, 8 May, is a working day


@pytest.fixture
def old_apps(transactional_db):
    executor = MigrationExecutor(connection)
    leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "feedback"]
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(leaves)


def make_old(apps, number, due_on, **fields):
    Topic = apps.get_model("feedback", "SuggestionTopic")
    defaults = {
        "year": 2026,
        "sequence": number,
        "code_hash": str(number),
        "submission_hash": str(number),
        "topic": Topic.objects.get_or_create(title="Двор")[0],
        "role": "student",
        "text": "Текст",
        "received_at": datetime.datetime.fromisoformat(MOMENT),
        "due_on": due_on,
    }
    return apps.get_model("feedback", "Suggestion").objects.create(**{**defaults, **fields})


def migrated():
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    model = executor.loader.project_state(AFTER).apps.get_model("feedback", "Suggestion")
    rows = model.objects.order_by("sequence").values_list("limit_on", "due_on", "paused_on")
    return [tuple(day and day.isoformat() for day in row) for row in rows]


def add_event(apps, suggestion, kind, moment):
    happened_at = datetime.datetime.fromisoformat(moment)
    apps.get_model("feedback", "Event").objects.create(
        suggestion=suggestion, kind=kind, text="Где?", happened_at=happened_at
    )


def test_rows_from_before_get_a_limit_and_keep_their_promise(old_apps):
    make_old(old_apps, 1, "2026-05-08")
    make_old(old_apps, 2, "2026-05-11")  # a day off, which the weekday rule did not know
    make_old(old_apps, 3, "2026-05-11", status="answered", answer="Да")
    make_old(old_apps, 4, "2026-06-05", is_extended=True)
    waiting = make_old(old_apps, 5, "2026-05-08", status="waiting")
    add_event(old_apps, waiting, "question", "2026-04-20 23:30+04:00")
    add_event(old_apps, waiting, "question", "2026-04-15 12:00+04:00")
    reopened = make_old(old_apps, 6, "2026-06-01", is_reopened=True, status="in_progress")
    add_event(old_apps, reopened, "reopened", "2026-05-02 12:00+04:00")
    assert migrated() == [
        ("2026-05-08", "2026-05-08", None),
        ("2026-05-11", "2026-05-08", None),
        ("2026-05-11", "2026-05-11", None),
        ("2026-06-07", "2026-06-05", None),
        ("2026-05-08", "2026-05-08", "2026-04-20"),
        ("2026-06-01", "2026-06-01", None),
    ]


def test_more_rows_than_a_batch_are_all_filled(old_apps, monkeypatch):
    monkeypatch.setattr("feedback.migrations.0003_deadlines_of_rows.BATCH", 2)
    for number in range(1, 6):
        make_old(old_apps, number, "2026-05-08")
    assert migrated() == [("2026-05-08", "2026-05-08", None)] * 5
