"""Snapshots of the database, and further connections to look at them."""

import copy
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

ALIAS = "backup"
FILES = {"sqlite": "db.sqlite3", "postgresql": "database.dump"}
ACCESS = ("user", "password", "host", "port")
ENCRYPTION = ("sslmode", "sslrootcert", "sslcert", "sslkey")


@contextmanager
def take_snapshot(folder, at_once):
    """Write the snapshot into the folder; within the block ALIAS is a connection that sees it.

    `at_once` is called as soon as the snapshot stands, before it is written.
    """
    target = folder / FILES[connection.vendor]
    if connection.vendor == "sqlite":
        copy_sqlite(connection.settings_dict["NAME"], target, at_once)
        with connect(NAME=str(target), OPTIONS={"timeout": 5}):
            yield
        return
    with connect(OPTIONS=repeatable_read()), transaction.atomic(ALIAS):
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
        at_once()
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        run_program("pg_dump", [*options, f"--file={target}"], connection.settings_dict)
        yield


def copy_sqlite(source, target, at_once):
    """Copy page by page in one reading, which writers need not wait for."""
    with (
        closing(sqlite3.connect(f"{Path(source).absolute().as_uri()}?mode=ro", uri=True)) as found,
        closing(sqlite3.connect(target)) as written,
    ):
        found.execute("BEGIN")
        found.execute("SELECT 1 FROM sqlite_master").fetchone()  # begins the reading
        at_once()
        found.backup(written)
        written.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)


def repeatable_read():
    options = copy.copy(connection.settings_dict["OPTIONS"])
    return {**options, "isolation_level": connection.Database.IsolationLevel.REPEATABLE_READ}


@contextmanager
def connect(**changes):
    """Make ALIAS a connection with the settings of the site's own and these changes."""
    further = connection.copy(ALIAS)
    further.settings_dict.update(CONN_MAX_AGE=0, **changes)
    connections[ALIAS] = further
    try:
        yield further
    finally:
        further.close()
        del connections[ALIAS]


@contextmanager
def open_restored(path):
    """Make ALIAS a connection to a database restored from the file; False if that cannot be.

    A dump of PostgreSQL is restored into a database that is dropped afterwards; a user who may not
    create databases gets it read to its end only.
    """
    if path.name == FILES["sqlite"]:
        with connect(NAME=str(path), OPTIONS={"timeout": 5}):
            yield True
    elif not may_create_databases():
        run_program("pg_restore", ["--file=/dev/null", str(path)], connection.settings_dict)
        yield False
    else:
        name = f"restored_{uuid4().hex[:12]}"
        execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            with connect(NAME=name):
                load_dump(path, connections[ALIAS].settings_dict)
                yield True
        finally:
            execute(f"DROP DATABASE {name}")


def may_create_databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def load_dump(path, settings):
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    database = f"--dbname={settings['NAME']}"
    run_program("pg_restore", [*options, database, str(path)], settings)


def run_program(name, arguments, settings):
    """Run a program of PostgreSQL; the password is in its environment, not in its arguments."""
    program = find_program(name)
    environment = {
        **os.environ,
        **list_variables(settings),
        "PGDATABASE": settings["NAME"],
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, check=False)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise CommandError(
            f"{name}: found «{reason}», expected it to end well. Its version must not be older "
            "than the server's."
        )


def list_variables(settings):
    """{variable of libpq: value} for the server, account and encryption that Django uses."""
    found = {name: settings[name.upper()] for name in ACCESS if settings.get(name.upper())}
    found = {**settings["OPTIONS"], **found}
    return {f"PG{name.upper()}": str(found[name]) for name in ACCESS + ENCRYPTION if name in found}


def find_program(name):
    """The newest one that Debian installed, else what PATH finds."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=major_version)
    program = found[-1] if found else shutil.which(name)
    if not program:
        raise CommandError(
            f"{name}: found none, expected the client of PostgreSQL. "
            "On Debian and Ubuntu: apt install postgresql-client"
        )
    return str(program)


def major_version(program):
    digits = program.parts[-3]
    return int(digits) if digits.isdigit() else 0


# What is compared -----------------------------------------------------------------------------


def count_rows(alias=ALIAS):
    """{table: rows} of all models."""
    found = [model for model in apps.get_models(include_auto_created=True) if is_table(model)]
    return {one._meta.db_table: one._base_manager.using(alias).count() for one in found}


def is_table(model):
    return model._meta.managed and not model._meta.proxy


def list_migrations():
    """The newest migrations that the code has, as pairs of app and name."""
    leaves = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()
    return sorted(map(list, leaves))


def find_damage(alias=ALIAS):
    """What the database itself finds wrong, as a sentence; "" if nothing."""
    try:
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA integrity_check(1)")
                [found] = cursor.fetchone()
                if found != "ok":
                    return f"the database is damaged: {found}"
        connections[alias].check_constraints()
    except DatabaseError as error:
        return f"the database is damaged: {error}"
    return ""


def is_empty():
    """Whether the configured database has no tables."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)
