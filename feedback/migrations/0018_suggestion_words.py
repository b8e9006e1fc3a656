"""Index the words of the suggestions that are there, and measure how long their answers took."""

from itertools import islice

from django.db import migrations
from django.db.models import prefetch_related_objects
from django.utils import timezone

from feedback.public_answers.keywords import list_keywords

BATCH = 200
CLOSED = ("answered", "declined")
# The first of these events after a question ended the pause.
ENDINGS = ("reply", "forwarded", "answered", "declined", "withdrawn")


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    suggestions = apps.get_model("feedback", "Suggestion").objects.using(alias)
    words = apps.get_model("feedback", "SuggestionWord").objects.using(alias)
    stream = suggestions.order_by("pk").iterator(chunk_size=BATCH)
    while rows := list(islice(stream, BATCH)):
        prefetch_related_objects(rows, "events")
        for row in rows:
            measure(row)
        measures = ["received_month", "paused_days", "answer_days", "is_answered_late"]
        suggestions.bulk_update(rows, measures, batch_size=50)
        words.bulk_create(
            words.model(suggestion=row, lemma=lemma)
            for row in rows
            for lemma in list_keywords(f"{row.text}\n{row.answer}")
        )


def measure(row):
    received_on = timezone.localdate(row.received_at)
    row.received_month = received_on.replace(day=1)
    row.paused_days = sum(list_pauses(sorted(row.events.all(), key=lambda each: each.position)))
    if row.status in CLOSED and row.answered_at:
        answered_on = timezone.localdate(row.answered_at)
        row.answer_days = max((answered_on - received_on).days - row.paused_days, 0)
        row.is_answered_late = answered_on > row.due_on


def list_pauses(events):
    """Yield the days of each pause that is over."""
    asked_on = None
    for event in events:
        day = timezone.localdate(event.happened_at)
        if event.kind == "question":
            asked_on = asked_on or day
        elif asked_on and event.kind in ENDINGS:
            yield (day - asked_on).days
            asked_on = None


class Migration(migrations.Migration):
    dependencies = [("feedback", "0017_inbox")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
