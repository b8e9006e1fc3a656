"""Heads destroy and export personal data; those of the restricted queue read addresses, too."""

from importlib import import_module

from django.db import migrations

create_roles = import_module("feedback.migrations.0006_roles").create_roles


class Migration(migrations.Migration):
    dependencies = [("feedback", "0013_readings")]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
