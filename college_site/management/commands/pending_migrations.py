"""Says whether the version that runs can work with the database after the pending migrations.

Used by deploy/update: `migrate` then runs beside the old version, otherwise while requests wait.
"""

from django.core.management.base import BaseCommand
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor

# Operations that change nothing that the queries of the version before need.
HARMLESS = (
    migrations.AddIndex,
    migrations.AlterModelManagers,
    migrations.AlterModelOptions,
    migrations.CreateModel,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    migrations.RenameIndex,
)


class Command(BaseCommand):
    help = "Fails if the running version cannot work with the database after `migrate`."

    def handle(self, **options):
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        plan = executor.migration_plan(graph.leaf_nodes())
        applied = [key for key in executor.loader.applied_migrations if key in graph.nodes]
        state = executor.loader.project_state(applied)
        problems = []
        for migration, _backwards in plan:
            self.stdout.write(str(migration))
            problems += find_problems(migration, state)
            migration.mutate_state(state, preserve=False)
        for problem in problems:
            self.stdout.write(f"  not beside the running version: {problem}")
        if problems:
            raise SystemExit(1)


def find_problems(migration, state):
    """What of the migration the version before cannot work with, in words.

    A migration that moves rows in a way that the version before does not notice says so by an
    attribute, `runs_beside_the_version_before = True`.
    """
    if getattr(migration, "runs_beside_the_version_before", False):
        return []
    state = state.clone()
    problems = []
    for operation in migration.operations:
        if not is_harmless(operation, migration.app_label, state):
            problems.append(f"{migration}: {operation.describe()}")
        operation.state_forwards(migration.app_label, state)
    return problems


def is_harmless(operation, app, state):
    """Whether the version before, which does not know the operation, can go on after it."""
    if isinstance(operation, migrations.AddField):
        field = operation.field
        return field.null or field.has_db_default() or field.many_to_many
    if isinstance(operation, migrations.AlterField):
        former = state.models[app, operation.model_name_lower].fields[operation.name_lower]
        is_stricter = former.null and not operation.field.null
        return describe_column(former) == describe_column(operation.field) and not is_stricter
    return isinstance(operation, HARMLESS)


def describe_column(field):
    """What the database knows of a field besides NULL: no labels, choices, validators."""
    _, path, args, options = field.clone().deconstruct()
    ignored = {*field.non_db_attrs, "null"} - {"db_column"}
    return path, args, {name: value for name, value in options.items() if name not in ignored}
