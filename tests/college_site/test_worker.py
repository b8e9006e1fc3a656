"""Background jobs: each is run, whatever happens to the others."""

import logging

import pytest
from django.core.management import call_command

from college_site.background import worker
from college_site.management.commands import work
from college_site.registry import registry
from tests import factories

turns = []


def idle():
    turns.append("idle")
    return False


def busy():
    turns.append("busy")
    return len(turns) < 5


def failing():
    turns.append("failing")
    raise ZeroDivisionError("no")


@pytest.fixture(autouse=True)
def clear_turns():
    turns.clear()


@pytest.fixture
def jobs(monkeypatch):
    """A function that registers functions of this module as the only jobs."""

    def choose(*functions):
        monkeypatch.setattr(registry, "periodic_jobs", list(functions))

    return choose


def test_without_jobs_nothing_is_due(jobs):
    jobs()
    assert not worker.run_due()


def test_every_job_is_run_once(jobs):
    jobs(busy, idle)
    assert worker.run_due()
    assert turns == ["busy", "idle"]


def test_the_worker_reports_that_nothing_was_due(jobs):
    jobs(idle)
    assert not worker.run_due()


def test_a_failing_job_does_not_stop_the_others(jobs, caplog):
    jobs(failing, busy)
    with caplog.at_level(logging.ERROR):
        assert worker.run_due()
    assert turns == ["failing", "busy"]
    assert "The job failing failed" in caplog.text


def test_a_failing_job_alone_counts_as_nothing_due(jobs, caplog):
    jobs(failing)
    assert not worker.run_due()


@pytest.fixture
def signals(monkeypatch):
    """Prevent the command from changing the signal handlers of the test runner."""
    monkeypatch.setattr(work.signal, "signal", lambda number, handler: None)


@pytest.mark.django_db
def test_the_once_option_works_until_nothing_is_due(jobs, signals):
    jobs(busy)
    call_command("work", "--once")
    assert turns == ["busy"] * 5


@pytest.mark.django_db(transaction=True)  # the command closes its database connections
def test_the_jobs_of_the_site_make_renditions(signals):
    photo = factories.photo()
    call_command("work", "--once")
    photo.refresh_from_db()
    assert photo.renditions_due_at is None
