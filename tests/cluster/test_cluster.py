"""Two machines behind nginx are one site, and the trial notices where they are not."""

import http.client
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.cluster.machines import ANSWERED_BY
from tests.cluster.people import Crowd
from tests.module_runs import run_module
from tests.nginx_site import needs_nginx
from tests.stress.visitor import Response

ADDRESS = "127.0.0.1:8001"


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL in DATABASE_URL")
@needs_nginx
def test_two_machines_that_die_by_turns_lose_nothing(tmp_path):
    result = run_module("tests.cluster", "--size", "3", TMPDIR=str(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.endswith("Everything held.\n")


# What visitors notice -----------------------------------------------------------------------------


@pytest.fixture
def crowd():
    return Crowd(("127.0.0.1", 1), topic=1, consent=1)


def test_the_expected_answer_is_counted_for_who_gave_it(crowd):
    answer = Response(200, {ANSWERED_BY: f"127.0.0.1:8000, {ADDRESS}"}, "")
    assert crowd.expect(200, lambda: answer, "GET /") == answer
    assert (crowd.answers[ADDRESS], crowd.faults) == (1, [])


def test_another_answer_is_a_fault(crowd):
    assert crowd.expect(200, lambda: Response(502, {}, ""), "GET /") is None
    assert crowd.faults == ["GET /: found 502, expected 200"]


def test_no_answer_is_a_fault(crowd):
    def refuse():
        raise ConnectionRefusedError

    crowd.expect(200, refuse, "GET /")
    assert crowd.faults == ["GET /: found ConnectionRefusedError(), expected 200"]


def test_an_answer_that_breaks_off_is_counted_apart(crowd):
    def break_off():
        raise http.client.IncompleteRead(b"<!doct", 1000)

    assert crowd.expect(200, break_off, "GET /") is None
    assert (crowd.cut, crowd.faults) == (1, [])


def test_a_machine_is_back_after_two_answers(crowd):
    machine = SimpleNamespace(environment={"BIND": ADDRESS})
    reached = []
    crowd.wait_until = lambda is_reached: reached.append(is_reached)
    crowd.wait_for_machine(machine)
    crowd.answers[ADDRESS] += 1
    assert not reached[0]()
    crowd.answers[ADDRESS] += 1
    assert reached[0]()
