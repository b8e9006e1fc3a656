"""Heads see which letters to staff were sent."""

from importlib import import_module

from django.db import migrations

create_roles = import_module("feedback.migrations.0006_roles").create_roles


class Migration(migrations.Migration):
    dependencies = [("feedback", "0007_staff_mails")]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
