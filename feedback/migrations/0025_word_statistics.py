"""PostgreSQL counts more lemmas: of a rare word it guessed thousands of rows and read them all."""

from django.db import migrations

MODELS = ("Keyword", "SuggestionWord")
MOST_COMMON = 1000  # values that have a count of their own
DEFAULT = -1


def set_target(apps, schema_editor, target):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in MODELS:
        table = schema_editor.quote_name(apps.get_model("feedback", name)._meta.db_table)
        schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN lemma SET STATISTICS {target}")
        schema_editor.execute(f"ANALYZE {table}")


def count_more(apps, schema_editor):
    set_target(apps, schema_editor, MOST_COMMON)


def count_as_usual(apps, schema_editor):
    set_target(apps, schema_editor, DEFAULT)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0024_tell_of_promises")]

    operations = [migrations.RunPython(count_more, count_as_usual)]
