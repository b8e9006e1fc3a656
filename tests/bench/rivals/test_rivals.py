"""`make bench ARGS=--rivals`: what it counts, compares and prints."""

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from college_site.http.page_store import may_be_stored
from tests.bench.processes import list_processes, read_spent
from tests.bench.rivals import comparison, goals, load, photographs, wagtail_server
from tests.bench.rivals.load import Load
from tests.bench.rivals.wagtail_site.bakerydemo import HOME, PAGES, describe_difference

REPORT = """Running 2s test @ http://127.0.0.1:8000/
  1 threads and 16 connections
  4212 requests in 2.10s, 30.10MB read
Requests/sec:   2005.71
Transfer/sec:     14.33MB
"""
CALCULATE = "sum(range(40_000_000))"


def test_the_report_of_wrk_is_read():
    assert load.read_report(REPORT) == (4212, 2005.71)


@pytest.mark.parametrize(
    "line", ["  Non-2xx or 3xx responses: 3", "  Socket errors: connect 0, read 1, timeout 0"]
)
def test_answers_that_failed_stop_the_comparison(line):
    with pytest.raises(ValueError, match=line.strip()):
        load.read_report(REPORT + line)


def test_requests_under_way_when_wrk_ends_count_as_well(monkeypatch):
    spent = iter([1.0, 3.0])
    monkeypatch.setattr(load, "check", lambda target: None)
    monkeypatch.setattr(load, "rest", lambda server: next(spent))
    monkeypatch.setattr(load, "run_wrk", lambda *words: (84, 42.0))
    assert load.send(load.Target("home", None), 2, 16) == Load(42.0, 20.0)


def test_a_missing_wrk_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr(load.shutil, "which", lambda name: None)
    target = load.Target("home", SimpleNamespace(port=1, headers={}))
    with pytest.raises(SystemExit, match="apt install wrk"):
        load.run_wrk(target, 2, 16)


def test_an_unexpected_status_stops_the_comparison():
    server = SimpleNamespace(get=lambda path, headers: (500, {}, b""))
    with pytest.raises(SystemExit, match="found the status 500, expected 200"):
        load.check(load.Target("home", server))


def test_the_time_of_children_counts_while_they_run_and_after():
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{CALCULATE}']);"
    wait = "print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", start + wait], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        assert read_spent(list_processes(process.pid)) > 0.1
        process.communicate(b"\n")


def test_processes_below_a_process_belong_to_it():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert process.pid in list_processes(os.getpid())
        process.communicate(b"\n")


def test_a_goal_is_compared_by_the_processor_time_of_a_request():
    rows = goals.make_rows(
        {
            goals.STORED: [Load(1000, 0.3), Load(10, 0.2), Load(9, 9)],
            goals.BARE: [Load(2000, 0.28)],
            goals.HOME: [Load(10, 60)],
            goals.OWN_HOME: [Load(10, 16)],
        }
    )
    stored, _, _, rendered = rows
    assert (stored.rate, stored.cost, stored.ratio) == ("10", "0.3", "0.933, 200")
    assert (rendered.ratio, rendered.is_reached, stored.is_reached) == ("0.267", False, True)


def test_a_goal_does_not_count_where_its_rival_was_left_out():
    (row,) = goals.make_rows({goals.OWN_HOME: [Load(10, 16)]})
    assert (row.goal, row.is_reached) == ("", None)


def test_every_goal_names_rivals_that_are_measured():
    rivals = {goal.rival for found in goals.GOALS.values() for goal in found}
    assert rivals == {goals.BARE, goals.BARE_BEHIND, goals.HOME, goals.LIST, goals.POST}


def test_a_page_of_wagtail_that_became_lighter_is_named():
    lighter = PAGES[HOME]._replace(pictures=13)
    assert f"/: found {lighter}, expected {PAGES[HOME]}" in describe_difference(HOME, lighter)
    assert not describe_difference(HOME, PAGES[HOME])


def test_every_compared_page_of_wagtail_has_a_known_content():
    assert [target.path for target in comparison.list_wagtail(None)] == list(PAGES)


def test_the_table_says_what_was_reached(capsys):
    goals.print_rows([goals.Row("home", "10", "2", "0.3", "≤ 0.25 of x", False)], "2 processors")
    assert "| home | 10 | 2 | 0.3 | ≤ 0.25 of x | NO |" in capsys.readouterr().out


def test_what_cannot_be_installed_is_said(tmp_path, monkeypatch, capsys):
    failed = SimpleNamespace(returncode=1, stderr="No matching distribution")
    monkeypatch.setattr(wagtail_server.venv, "create", lambda folder, **options: None)
    monkeypatch.setattr(wagtail_server.subprocess, "run", lambda *words, **options: failed)
    assert not wagtail_server.install(tmp_path / "wagtail")
    assert "No matching distribution" in capsys.readouterr().out


def test_every_target_is_warmed_up_then_measured_in_each_round(monkeypatch):
    sent = []
    monkeypatch.setattr(comparison, "send", lambda target, *_: sent.append(target.name))
    targets = [load.Target("a", None), load.Target("b", None)]
    options = SimpleNamespace(rounds=2, seconds=1, connections=1)
    assert comparison.measure(targets, options) == {"a": [None, None], "b": [None, None]}
    assert sent == ["a", "b"] * 3


def test_bare_wsgi_and_stored_page_get_the_same_request_behind_nginx(monkeypatch):
    monkeypatch.setattr(comparison, "serve_files", contextmanager(lambda *words: iter([None])))
    monkeypatch.setattr(comparison, "serve_behind_nginx", comparison.serve_files)
    with ExitStack() as stack:
        targets = comparison.list_nginx(stack, Path(), b"", None, None)
    found = {target.name: (target.path, target.headers) for target in targets}
    assert found[goals.BARE_BEHIND] == found[goals.STORED_BEHIND]


def test_a_rendered_page_is_not_one_of_the_store():
    environ = {"REQUEST_METHOD": "GET"}
    condition = comparison.RENDERED["If-Unmodified-Since"]
    assert may_be_stored(environ)
    assert not may_be_stored({**environ, "HTTP_IF_UNMODIFIED_SINCE": condition})


def test_photographs_need_the_time_and_every_file_within_the_goal():
    def is_reached(seconds, largest):
        sizes = {(480, "avif"): 0.9, (480, "webp"): 1, (480, "jpg"): 0.9, (960, "jpg"): largest}
        return photographs.make_row("Dune", [(seconds, 1.0)], sizes).is_reached

    assert is_reached(1.2, 1)
    assert not is_reached(1.3, 1)
    assert not is_reached(1.2, 1.01)


def test_the_rival_gets_the_lowest_quality_that_looks_no_worse(tmp_path, monkeypatch):
    lossless, tried = tmp_path / "lossless.png", []
    monkeypatch.setattr(photographs, "run_vips", lambda *words: tried.append(words[-1]))
    monkeypatch.setattr(photographs, "judge", lambda *words: tried[-1] if tried else 61)
    assert photographs.match_quality("python", None, 480, "avif", lossless) == 61
    assert len(tried) < 8


@pytest.mark.parametrize(
    ("tool", "package"), [("", "libvips-tools"), ("vipsthumbnail", "mate-backgrounds")]
)
def test_what_photographs_lack_is_named(tool, package, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(photographs.shutil, "which", lambda name: tool)
    monkeypatch.setattr(photographs, "PHOTOGRAPHS", [tmp_path / "none.jpg"])
    assert photographs.compare_photographs("python", tmp_path / "made", 1) == []
    assert f"apt install {package}" in capsys.readouterr().out
