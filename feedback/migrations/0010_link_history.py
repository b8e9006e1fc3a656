"""Links the events from before to a chain, in the order in which they happened."""

from itertools import islice

from django.db import migrations
from django.db.models import prefetch_related_objects

from feedback.history.links import CONTENTS, START, link

BATCH = 500
FIELDS = ["position", "link", *(f"{n}_{what}" for n in CONTENTS for what in ("salt", "commitment"))]


def link_events(apps, schema_editor):
    """The order is sorted before the first row is read, so the updates do not disturb it."""
    alias = schema_editor.connection.alias
    model = apps.get_model("feedback", "Event")
    ordered = model.objects.using(alias).select_related("suggestion__consent")
    events = ordered.order_by("happened_at", "pk").iterator(chunk_size=BATCH)
    position, last = 0, START
    while batch := list(islice(events, BATCH)):
        prefetch_related_objects(batch, "attachments")
        for event in batch:
            position += 1
            link(event, event.attachments.all(), last, position)
            last = event.link
        model.objects.using(alias).bulk_update(batch, FIELDS, batch_size=50)
    head = apps.get_model("feedback", "HistoryHead").objects.using(alias)
    head.update_or_create(pk=1, defaults={"position": position, "link": last})


class Migration(migrations.Migration):
    dependencies = [("feedback", "0009_history_fields")]
    operations = [migrations.RunPython(link_events, migrations.RunPython.noop)]
