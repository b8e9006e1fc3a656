"""A second actor that acts between two queries, without threads or waiting."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def act_before(statement, act):
    """Call `act` once, before the first query that begins so, as `UPDATE "feedback_mail"`."""
    acted = []

    def watch(execute, sql, parameters, many, context):
        if sql.startswith(statement) and not acted:
            acted.append(True)
            act()
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert acted, f"no query began with {statement}"
