"""/metrics: behind a token, with the figures of the database, counted over all processes."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as project

from college_site.http.request_counts import STORED, count_requests
from college_site.models import BackupRun
from college_site.status import heartbeats
from tests import factories

TOKEN = "t" * 30
PROCESS = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
from college_site.wsgi import application
def ask(**more):
    body = application({"REQUEST_METHOD": "GET", "PATH_INFO": "/robots.txt", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost",
        "wsgi.input": sys.stdin.buffer, "wsgi.url_scheme": "http", **more}, lambda *_: None)
    return b"".join(body).decode()
ask()
print(ask(PATH_INFO="/metrics", HTTP_AUTHORIZATION="Bearer " + os.environ["METRICS_TOKEN"]))
"""


def read(client, token=TOKEN):
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.django_db
@pytest.mark.parametrize("found", ["", TOKEN])
def test_without_a_token_in_the_settings_there_is_no_page(client, settings, found):
    settings.METRICS_TOKEN = ""
    assert read(client, found).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("found", ["", "wrong", TOKEN[:-1], f"{TOKEN}é"])
def test_a_wrong_token_opens_nothing(client, settings, found):
    settings.METRICS_TOKEN = TOKEN
    assert read(client, found).status_code == 404


@pytest.mark.django_db
def test_gauges_tell_of_worker_backup_letters_renditions_and_disk(client, settings):
    settings.METRICS_TOKEN = TOKEN
    heartbeats.beat()
    factories.photo()
    BackupRun.objects.create(kind="backup", finished_at="2026-11-01T03:00Z", archive="a")
    text = read(client).content.decode()
    assert "portal_renditions_waiting 1.0" in text
    assert "portal_letters_waiting 0.0" in text
    assert float(re.search(r"^portal_worker_heartbeat_age_seconds (\S+)", text, re.M)[1]) < 600
    for name in ("backup_age_seconds", "disk_free_bytes"):
        assert re.search(rf"^portal_{name} \d", text, re.MULTILINE)


@pytest.mark.django_db
def test_what_never_happened_is_left_out(client, settings):
    settings.METRICS_TOKEN = TOKEN
    text = read(client).content.decode()
    assert "portal_backup_age_seconds" not in text
    assert "portal_worker_heartbeat" not in text


def total(text, line):
    return sum(float(found) for found in re.findall(rf"^{re.escape(line)} (\S+)$", text, re.M))


def test_counters_are_summed_over_processes(tmp_path):
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "METRICS_TOKEN": TOKEN,
        "DJANGO_SETTINGS_MODULE": "college_site.settings",
    }
    manage = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    options = {"cwd": project.BASE_DIR, "env": environment, "check": True}
    subprocess.run(manage, **options, stderr=subprocess.DEVNULL)
    for expected in (1, 3):
        done = subprocess.run([sys.executable, "-c", PROCESS], **options, stdout=subprocess.PIPE)
        text = done.stdout.decode()
        assert total(text, 'portal_requests_total{status="2xx"}') == expected


def test_an_exception_and_a_stored_page_are_counted(monkeypatch):
    counted = []
    monkeypatch.setattr("college_site.http.request_counts.requests", Counted(counted))
    monkeypatch.setattr("college_site.http.request_counts.stored_pages", Counted(counted))

    def fail(environ, start_response):
        raise ValueError("fault")

    with pytest.raises(ValueError, match="fault"):
        count_requests(fail)({}, None)

    def answer(environ, start_response):
        environ[STORED] = True
        start_response("304 Not Modified", [])
        return []

    count_requests(answer)({}, lambda *_: None)
    assert counted == ["5xx", "3xx", "stored"]


class Counted:
    def __init__(self, counted, label="stored"):
        self.counted, self.label = counted, label

    def labels(self, label):
        return Counted(self.counted, label)

    def inc(self):
        self.counted.append(self.label)
