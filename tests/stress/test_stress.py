"""The trials of `make torture`: they pass on the site and detect each kind of fault."""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.utils import timezone

from feedback.models import Mail, Suggestion
from tests import factories
from tests.module_runs import run_module
from tests.stress import decoders, hostile, kills, mail_day, senders
from tests.stress.hostile_files import KINDS
from tests.stress.site import database_url
from tests.stress.visitor import submission_key, suggestion

DELIVERED = SimpleNamespace(taken=Counter({"a": 1}), windows=0, duplicates=0)


@pytest.mark.slow
def test_the_trials_pass_at_a_small_size(tmp_path):
    trials = ("senders", "kills", "hostile", "mail-day", "decoders", "desk", "desk-kills")
    options = ("--size", "4", *only_options(trials))
    result = run_module("tests.stress", *options, DATA_DIR=str(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.endswith("Everything held.\n")
    assert all(f"{trial}: " in result.stdout for trial in trials)


def only_options(trials):
    return [word for trial in trials for word in ("--only", trial)]


# Kills --------------------------------------------------------------------------------------------


@pytest.fixture
def acknowledged(db):
    """The POST data of a registered suggestion with an email to send."""
    topic, consent = factories.suggestion_topic(), factories.consent()
    entries = suggestion(topic.pk, "Поставьте лавочки.", email="a@example.ru")
    Suggestion(
        topic=topic,
        role="student",
        text=entries["text"],
        email=entries["email"],
        consent=consent,
        consented_at=timezone.now(),
    ).submit(submission_key(entries))
    return entries


def test_an_acknowledged_and_stored_suggestion_is_no_fault(acknowledged):
    assert list(kills.find_faults([acknowledged], stored=1)) == []


def test_a_lost_suggestion_is_detected(acknowledged):
    lost = suggestion(1, "Его здесь нет.")
    faults = list(kills.find_faults([acknowledged, lost], stored=1))
    assert faults == [
        "1 suggestions are stored, expected 2",
        "suggestion, event, email: found (0, 0, 0), expected (1, 1, 0)",
    ]


def test_a_duplicate_suggestion_is_detected(acknowledged):
    assert list(kills.find_faults([acknowledged], stored=2)) == [
        "2 suggestions are stored, expected 1"
    ]


def test_a_lost_email_is_detected(acknowledged):
    Mail.objects.all().delete()
    faults = list(kills.find_faults([acknowledged], stored=1))
    assert faults == ["suggestion, event, email: found (1, 1, 0), expected (1, 1, 1)"]


def test_a_gap_in_the_numbers_is_detected(acknowledged):
    Suggestion.objects.update(sequence=7)
    [fault] = kills.find_faults([acknowledged], stored=1)
    assert fault.startswith("the numbers of")


# Other trials -------------------------------------------------------------------------------------


def test_refused_slow_and_lost_submissions_are_detected():
    assert list(senders.find_faults(200, [], 4.9, 200)) == []
    assert len(list(senders.find_faults(200, [503], 5.1, 199))) == 3


@pytest.mark.parametrize(
    ("statuses", "growth", "slowdown"),
    [({500: 1}, 1, 1), ({0: 1}, 1, 1), ({200: 1}, 1.6, 1), ({200: 1}, 1, 2.1)],
)
def test_errors_timeouts_memory_leaks_and_slowdowns_are_detected(statuses, growth, slowdown):
    assert list(hostile.find_faults({200: 9, 404: 9}, 1, 1)) == []
    assert len(list(hostile.find_faults(statuses, growth, slowdown))) == 1


def test_slow_pages_memory_lost_text_and_unseen_uploads_are_detected():
    seen = SimpleNamespace(seconds=[0.9], wrong=[], memory=699)
    assert list(decoders.find_faults(Counter({200: 4, 503: 9}), seen, 10, 4)) == []
    seen = SimpleNamespace(seconds=[1.1], wrong=["/healthz was answered 503"], memory=701)
    statuses = Counter({200: 3, 503: 9, "without text": 1})
    assert len(list(decoders.find_faults(statuses, seen, 2**30, decoders.WHOLE_TRIAL))) == 6


def test_a_small_trial_of_decoders_does_not_judge_by_the_clock():
    seen = SimpleNamespace(seconds=[9.9], wrong=[], memory=600)
    assert list(decoders.find_faults(Counter({200: 4}), seen, 10, 4)) == []
    assert len(list(decoders.find_faults(Counter({200: 50}), seen, 10, 50))) == 1


def test_every_hostile_file_is_small():
    assert {name: len(make()) for name, make in KINDS.items() if len(make()) > 2**20} == {}


def test_hostile_requests_cover_exactly_the_public_routes():
    routes = hostile.routes()
    assert {"/", "/feedback/new/", "/search/", "/news/{}/", "/healthz"} <= set(routes)
    assert [route for route in routes if route.startswith("/admin")] == []


@pytest.mark.django_db
def test_unsent_lost_and_duplicate_emails_are_detected(acknowledged):
    emails = Mail.objects.all()
    assert len(list(mail_day.find_faults(DELIVERED, emails, 1))) == 1
    emails.update(sent_at=timezone.now(), due_at=None)
    assert list(mail_day.find_faults(DELIVERED, emails, 1)) == []
    doubled = SimpleNamespace(taken=Counter({"a": 3}), windows=1, duplicates=2)
    assert len(list(mail_day.find_faults(doubled, emails, 1))) == 1
    lost = SimpleNamespace(taken=Counter(), windows=0, duplicates=0)
    assert len(list(mail_day.find_faults(lost, emails, 1))) == 1


def test_the_scratch_site_gets_the_url_of_the_database():
    server = {
        **{"ENGINE": "django.db.backends.postgresql", "NAME": "bench_torture", "USER": "portal"},
        **{"PASSWORD": "p@ss/word", "HOST": "127.0.0.1", "PORT": 5433},
    }
    assert database_url(server) == "postgres://portal:p%40ss%2Fword@127.0.0.1:5433/bench_torture"
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/data/torture.sqlite3"}
    assert database_url(file) == "sqlite:////data/torture.sqlite3"
