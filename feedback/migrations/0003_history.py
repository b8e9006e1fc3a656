"""Suggestions registered before there was a history get its first event."""

from django.db import migrations


def begin(apps, schema_editor):
    Event = apps.get_model("feedback", "Event")
    Suggestion = apps.get_model("feedback", "Suggestion")
    for suggestion in Suggestion.objects.iterator():
        Event.objects.create(
            suggestion=suggestion, kind="received", happened_at=suggestion.received_at
        )
        if suggestion.answered_at:
            Event.objects.create(
                suggestion=suggestion,
                kind=suggestion.status,
                text=suggestion.answer,
                happened_at=suggestion.answered_at,
            )


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_dialogue")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
