"""Which migrations may run beside the version before."""

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from college_site.management.commands.pending_migrations import find_problems


def state():
    """A model `post` with a title, and a note that may be NULL."""
    found = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField("Заголовок", max_length=50)),
        ("note", models.TextField(null=True)),
    ]
    found.add_model(ModelState("news", "Post", fields))
    return found


def problems(*operations, **attributes):
    migration = migrations.Migration("0002_next", "news")
    migration.operations = list(operations)
    vars(migration).update(attributes)
    return find_problems(migration, state())


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("post", "place", models.TextField(null=True)),
        migrations.AddField("post", "place", models.TextField(db_default="")),
        migrations.CreateModel("Place", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AlterField("post", "title", models.CharField("Название", max_length=50)),
        migrations.AlterField("post", "title", models.CharField(max_length=50, null=True)),
        migrations.AlterModelOptions("post", {"verbose_name": "запись"}),
    ],
)
def test_a_change_that_the_version_before_need_not_know_is_harmless(operation):
    assert problems(operation) == []


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("post", "place", models.TextField(default="")),
        migrations.AlterField("post", "title", models.CharField(max_length=20)),
        migrations.AlterField("post", "note", models.TextField()),
        migrations.AlterField("post", "title", models.CharField(max_length=50, db_column="t")),
        migrations.RemoveField("post", "note"),
        migrations.RenameField("post", "note", "remark"),
        migrations.DeleteModel("Post"),
        migrations.RenameModel("Post", "Entry"),
        migrations.AddConstraint(
            "post", models.CheckConstraint(condition=~models.Q(title=""), name="titled")
        ),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("SELECT 1"),
    ],
)
def test_a_change_that_breaks_the_version_before_is_named(operation):
    assert problems(operation) == [f"news.0002_next: {operation.describe()}"]


def test_a_migration_can_say_that_it_harms_nobody():
    operation = migrations.RunPython(migrations.RunPython.noop)
    assert problems(operation, runs_beside_the_version_before=True) == []


def test_each_operation_sees_what_those_before_it_changed():
    added = migrations.AddField("post", "place", models.TextField(null=True))
    relabelled = migrations.AlterField("post", "place", models.TextField("Место", null=True))
    assert problems(added, relabelled) == []


@pytest.mark.django_db
def test_a_database_without_pending_migrations_has_no_problem(capsys):
    call_command("pending_migrations")
    assert capsys.readouterr().out == ""
