"""Deadlines of the rows from before: none is later than its author was told.

Those that wait for their author have waited since the last question.
"""

from datetime import timedelta
from itertools import islice

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from feedback.deadlines import last_working_day

BATCH = 500
TERM = timedelta(days=30)
CLOSED = ("answered", "declined", "withdrawn")


def fill_deadlines(apps, schema_editor):
    alias = schema_editor.connection.alias
    suggestions = apps.get_model("feedback", "Suggestion").objects.using(alias)
    events = apps.get_model("feedback", "Event").objects.using(alias).order_by("-happened_at")
    of_row = events.filter(suggestion=OuterRef("pk"))
    rows = suggestions.annotate(
        asked_at=Subquery(of_row.filter(kind="question").values("happened_at")[:1]),
        reopened_at=Subquery(of_row.filter(kind="reopened").values("happened_at")[:1]),
    ).only("status", "received_at", "due_on", "is_extended")
    unread = rows.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(unread, BATCH)):
        for row in batch:
            fill_row(row)
        suggestions.bulk_update(batch, ["limit_on", "due_on", "paused_on"])


def fill_row(row):
    begun_on = timezone.localdate(row.reopened_at or row.received_at)
    limit = begun_on + TERM * (2 if row.is_extended else 1)
    row.limit_on = max(limit, row.due_on)
    if row.status not in CLOSED:
        row.due_on = last_working_day(row.due_on)
    if row.status == "waiting":
        row.paused_on = timezone.localdate(row.asked_at or row.received_at)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_deadlines")]

    operations = [migrations.RunPython(fill_deadlines, migrations.RunPython.noop)]
