"""What an error quotes of a row stays out of the log."""

import logging
import sys

import pytest
from django.db import IntegrityError

from college_site.log_lines import LineFormatter

ROW = "DETAIL:  Failing row contains (1, Иванова живёт\n\nв третьей комнате)."
STATEMENT = "LINE 1: SELECT * FROM x WHERE name = 'Иванова'\n                      ^"


def format_failure(message):
    """The line of a log for an error of the driver that became one of Django."""
    try:
        try:
            raise ValueError(message)
        except ValueError as error:
            raise IntegrityError(message) from error
    except IntegrityError:
        record = logging.LogRecord("django", logging.ERROR, "", 1, "/x", None, sys.exc_info())
    return LineFormatter().format(record)


@pytest.mark.parametrize("quoted", [ROW, STATEMENT, f"{STATEMENT}\n{ROW}"])
def test_what_postgresql_quotes_of_rows_stays_out_of_the_log(quoted):
    line = format_failure(f"new row violates the rule\n{quoted}")
    assert "Иванова" not in line
    assert "комнате" not in line
    assert "IntegrityError: new row violates the rule" in line
    assert "The above exception was the direct cause" in line
