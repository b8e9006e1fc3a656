"""Nothing remains of the words about a photograph that was taken off the site."""

import json
import re

from django.db import migrations

START = "Снят с\u00a0сайта снимок"


def erase_words(apps, schema_editor):
    """Captions in the log of the admin, and in versions of the posts that it names."""
    entries = apps.get_model("admin", "LogEntry").objects.filter(
        change_message__startswith=f"{START} «", content_type__app_label="news"
    )
    posts = set()
    for entry in entries:
        message = re.sub(rf"^{START} «.*?»: ", f"{START}: ", entry.change_message, flags=re.DOTALL)
        entries.model.objects.filter(pk=entry.pk).update(change_message=message)
        posts.add(int(entry.object_id))
    photos = apps.get_model("news", "Photo").objects.filter(post__in=posts)
    present = set(photos.values_list("pk", flat=True))
    revisions = apps.get_model("news", "Revision").objects
    for revision in revisions.filter(post__in=posts).iterator():
        contents = json.loads(revision.contents)
        for photo in contents["photos"]:
            if photo["id"] not in present:
                photo |= {"caption": "", "alt": ""}
        text = json.dumps(contents, ensure_ascii=False, separators=(",", ":"))
        revisions.filter(pk=revision.pk).update(contents=text)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0011_post_desk_order"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(erase_words, migrations.RunPython.noop),
        migrations.RemoveField(model_name="takedown", name="label"),
    ]
