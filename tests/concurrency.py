"""Simulates a concurrent change between two queries, without threads or waiting."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def run_before_query(statement, action):
    """Call `action` once, before the first query that starts with `statement`.

    Fails if there is no such query. `statement` is SQL such as `UPDATE "feedback_mail"`.
    """
    calls = []

    def wrapper(execute, sql, parameters, many, context):
        if sql.startswith(statement) and not calls:
            calls.append(True)
            action()
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert calls, f"no query began with {statement}"
