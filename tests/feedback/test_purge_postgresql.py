"""What the purge promises of PostgreSQL's own files: nothing is left in tables it has rewritten."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from feedback.erasure import rewriting
from tests import factories
from tests.feedback.planted import MARK, NAME, plant_everywhere
from tests.stress.site import database_url

RELATIONS = """
    SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class
    WHERE relkind IN ('r', 'i', 't') AND pg_relation_filepath(oid) IS NOT NULL AND oid >= 16384
"""
SAMPLES = "SELECT pg_read_binary_file(pg_relation_filepath('pg_statistic'))"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own files"),
]


def relations_with_name(*commands):
    """The tables and indexes of which the file holds the name, once the commands are executed."""
    words = [word.encode() for word in (NAME, NAME.lower(), MARK)]
    with connection.cursor() as cursor:
        for command in (*commands, "CHECKPOINT"):
            cursor.execute(command)
        cursor.execute(RELATIONS)
        return {name for name, content in cursor if any(word in content for word in words)}


def may_read_files():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def test_a_planted_name_is_in_no_file_of_a_rewritten_table():
    if not may_read_files():
        pytest.skip("Only a superuser may read the files of the server.")
    number = plant_everywhere().number
    assert {"feedback_suggestion", "feedback_event"} <= relations_with_name()
    call_command("purge", "--suggestion", number, stdout=StringIO())
    assert relations_with_name("VACUUM") != set()  # why --rewrite is needed
    output = StringIO()
    call_command("purge", "--rewrite", stdout=output)
    assert relations_with_name() == set()
    assert "Tables rewritten" in output.getvalue()


def test_a_name_is_in_no_sample_of_a_rewritten_table():
    """The server samples the values of columns, by which it chooses its plans.

    The name is not NAME, of which other tests leave samples in tables that they emptied.
    """
    if not may_read_files():
        pytest.skip("Only a superuser may read the files of the server.")
    name = "Евпраксия"
    factories.suggestion(text="Поставьте лавочки во дворе.")
    number = factories.suggestion(text=f"{name} предлагает лавочки.").number

    def read_samples():
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute(SAMPLES)
            return cursor.fetchone()[0].decode(errors="replace")

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert name in read_samples()
    call_command("purge", "--suggestion", number, "--rewrite", stdout=StringIO())
    assert name not in read_samples()


def test_an_older_transaction_that_still_sees_the_rows_is_told(monkeypatch):
    monkeypatch.setattr(rewriting, "LONGEST_WAIT", 0)
    with psycopg.connect(database_url(connection.settings_dict)) as reader:
        reader.execute("SELECT pg_current_xact_id()")
        with pytest.raises(CommandError, match="quiet hour"):
            call_command("purge", "--rewrite", stdout=StringIO())


def test_a_table_that_is_in_use_is_told():
    def refuse(call, sql, *arguments):
        if sql.startswith("VACUUM"):
            raise OperationalError("canceling statement due to lock timeout")
        return call(sql, *arguments)

    with connection.execute_wrapper(refuse), pytest.raises(CommandError, match="quiet hour"):
        call_command("purge", "--rewrite", stdout=StringIO())
