"""Another worker or member of staff who acts at the worst moment, without threads or luck."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def just_before(statement, act):
    """Call `act` once, before the first query that begins so, as `UPDATE "feedback_mail"`."""
    acted = []

    def look_at(execute, sql, parameters, many, context):
        if sql.startswith(statement) and not acted:
            acted.append(True)
            act()
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(look_at):
        yield
    assert acted, f"no query began with {statement}"
