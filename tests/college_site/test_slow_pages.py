"""«Состояние сайта» names the pages that were slow within a day, and nobody who asked for them."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from college_site.accounts.roles import KEEPER
from college_site.status import slow_pages
from tests import factories
from tests.news.test_autosaves import log_in

NBSP = "\xa0"
PROCESS = """
import django
django.setup()
from college_site.status.slow_pages import note
for number in range(50):
    note("news/", 1.5)
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SLOW_PAGE_SECONDS = 0
    return tmp_path


def read_lines(folder):
    return "".join(path.read_text() for path in (folder / "slow_pages").glob("*"))


def fact():
    [found] = slow_pages.list_slow_page_facts()
    return found


@pytest.mark.django_db
def test_a_slow_page_is_told_by_the_pattern_of_its_address(client, own_folder):
    post = factories.post()
    client.get(post.get_absolute_url())
    client.get("/search/?q=Иванов")
    assert "/news/…/ — 1\xa0раз, до " in fact().found
    assert "/search/ — 1\xa0раз" in fact().found
    assert post.slug not in read_lines(own_folder)
    assert "Иванов" not in read_lines(own_folder)


@pytest.mark.django_db
def test_pages_of_the_admin_are_told_and_the_keeper_reads_them(client):
    client = log_in(factories.member(KEEPER))
    client.get("/admin/news/topic/")
    assert "/admin/news/topic/ — 1\xa0раз" in client.get("/admin/status/").content.decode()


@pytest.mark.django_db
def test_a_quick_page_is_not_written_down(client, settings, own_folder):
    settings.SLOW_PAGE_SECONDS = 3600
    client.get("/news/")
    assert fact().found == "за сутки ни одной"
    assert not (own_folder / "slow_pages").exists()


@pytest.mark.parametrize(("method", "path"), [("post", "/news/"), ("get", "/nothing/")])
def test_what_was_sent_and_what_does_not_exist_is_left_out(method, path):
    request = getattr(RequestFactory(), method)(path)
    request.resolver_match = resolve("/news/") if method == "post" else None
    slow_pages.note_slow_pages(lambda request: HttpResponse())(request)
    assert fact().found == "за сутки ни одной"


def test_the_most_frequent_pages_come_first_with_their_slowest_answer():
    for route, seconds in [("a/", [1, 2.25]), ("b/", [9]), ("c/", [1] * 5), ("d/", [8])]:
        for each in seconds:
            slow_pages.note(route, each)
    assert fact().found == (
        f"за сутки 9{NBSP}ответов дольше секунды; чаще всего: /c/ — 5{NBSP}раз, до 1,0{NBSP}с; "
        f"/a/ — 2{NBSP}раза, до 2,2{NBSP}с; /b/ — 1{NBSP}раз, до 9,0{NBSP}с"
    )


def test_a_server_that_is_always_slow_is_a_problem():
    for _ in range(slow_pages.TOO_MANY - 1):
        slow_pages.note("news/", 1)
    assert fact().problem == ""
    slow_pages.note("news/", 1)
    assert "Сервер не успевает" in fact().problem


def test_after_a_day_a_slow_page_is_forgotten_and_its_file_deleted(monkeypatch, own_folder):
    now = timezone.now()
    monkeypatch.setattr(slow_pages.timezone, "now", lambda: now - timedelta(hours=23))
    slow_pages.note("news/", 1)
    monkeypatch.setattr(slow_pages.timezone, "now", lambda: now)
    assert "/news/" in fact().found
    monkeypatch.setattr(slow_pages.timezone, "now", lambda: now + timedelta(hours=1))
    assert fact().found == "за сутки ни одной"
    monkeypatch.setattr(slow_pages.timezone, "now", lambda: now + timedelta(hours=2))
    slow_pages.note("search/", 1)
    assert "news" not in read_lines(own_folder)


def test_a_flood_of_slow_pages_fills_no_disk(monkeypatch, own_folder):
    monkeypatch.setattr(slow_pages, "LARGEST_FILE", 100)
    for _ in range(50):
        slow_pages.note("news/", 1)
    assert len(read_lines(own_folder)) < 120


def test_a_full_disk_breaks_no_page(own_folder):
    (own_folder / "slow_pages").write_text("in the way")
    request = RequestFactory().get("/news/")
    request.resolver_match = resolve("/news/")
    answer = slow_pages.note_slow_pages(lambda request: HttpResponse("a page"))
    assert answer(request).content == b"a page"


def test_a_line_that_was_cut_off_is_skipped(own_folder):
    slow_pages.note("news/", 1)
    [path] = (own_folder / "slow_pages").iterdir()
    path.write_text(path.read_text() + "cut")
    assert fact().found.startswith(f"за сутки 1{NBSP}ответ дольше секунды")


def test_several_processes_lose_no_line(own_folder):
    names = {"DATA_DIR": str(own_folder), "DJANGO_SETTINGS_MODULE": "college_site.settings"}
    options = {"cwd": project.BASE_DIR, "env": {**os.environ, **names}}
    processes = [subprocess.Popen([sys.executable, "-c", PROCESS], **options) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert sum(map(len, slow_pages.read_slow_pages().values())) == 100
