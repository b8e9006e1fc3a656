"""«Состояние сайта» tells the keeper what is wrong and what to do."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from college_site.accounts.roles import EDITOR, KEEPER
from college_site.models import Heartbeat
from college_site.status import facts, heartbeats
from feedback.models import Mail
from news.models import Photo
from tests import factories
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db
FULL_PROTECTION = ("Landlock 6", "the user nobody", "seccomp")


@pytest.fixture(autouse=True)
def keep_protection_apart(monkeypatch):
    monkeypatch.setattr(facts, "read_protection", lambda: FULL_PROTECTION)


def found():
    """{name: Fact}"""
    return {fact.name: fact for fact in facts.list_facts()}


def report_of(host, age):
    Heartbeat.objects.create(host=host, seen_at=timezone.now() - age)


def test_the_keeper_reads_the_page_and_an_editor_does_not():
    heartbeats.beat()
    page = log_in(factories.member(KEEPER)).get("/admin/status/")
    assert "Разбор файлов огорожен" in page.content.decode()
    assert log_in(factories.member(EDITOR)).get("/admin/status/").status_code == 403


def test_the_start_page_tells_the_keeper_what_is_wrong(settings):
    settings.EMAIL_HOST = ""
    [panel] = log_in(factories.member(KEEPER)).get("/admin/").context["panels"]
    assert [row.title for row in panel.rows] == [
        "Сведения о колледже",
        "Фоновые задачи",
        "Резервная копия",
        "Письма ждут отправки",
        "Темы предложений",
    ]


def test_contacts_and_topics_are_no_problem_once_they_are_there():
    factories.college()
    factories.suggestion_topic()
    [panel] = log_in(factories.member(KEEPER)).get("/admin/").context["panels"]
    titles = {row.title for row in panel.rows}
    assert titles.isdisjoint({"Сведения о колледже", "Темы предложений"})


def test_the_start_page_of_the_keeper_takes_at_most_twelve_queries(django_assert_max_num_queries):
    client = log_in(factories.member(KEEPER))
    with django_assert_max_num_queries(12):
        client.get("/admin/")


def test_a_worker_that_never_ran_is_a_problem():
    assert "systemctl start portal-worker" in found()["Фоновые задачи"].problem


def test_a_worker_that_reported_just_now_is_none():
    heartbeats.beat()
    assert found()["Фоновые задачи"].problem == ""


def test_a_worker_that_fell_silent_is_a_problem():
    report_of("portal", timedelta(minutes=3))
    assert "portal" in found()["Фоновые задачи"].found
    assert "Перезапустите" in found()["Фоновые задачи"].problem


def test_a_worker_reports_again_after_half_a_minute():
    heartbeats.beat()
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(seconds=31))
    heartbeats.beat()
    assert Heartbeat.objects.get().seen_at > timezone.now() - timedelta(seconds=30)


def test_a_machine_that_was_taken_away_is_forgotten_after_a_day():
    report_of("old", timedelta(hours=25))
    heartbeats.beat()
    assert not Heartbeat.objects.filter(host="old").exists()


def test_missing_protection_of_decoders_is_named(monkeypatch):
    monkeypatch.setattr(facts, "read_protection", lambda: ("the user nobody",))
    fact = found()["Разбор файлов огорожен"]
    assert fact.found == "отдельный пользователь"
    assert "Landlock и seccomp" in fact.problem


def test_what_protects_decoders_is_read_from_them():
    assert facts.describe_confinement().found == "Landlock, seccomp, отдельный пользователь"


def test_a_disk_without_room_is_a_problem(monkeypatch):
    usage = SimpleNamespace(free=2**29, total=2**34)
    monkeypatch.setattr(facts.shutil, "disk_usage", lambda path: usage)
    assert found()["Диск"].found == "свободно 512,0\xa0МБ из 16,0\xa0ГБ"
    assert "увеличьте диск" in found()["Диск"].problem


def test_the_size_of_the_database_is_told():
    assert "Б" in found()["База данных"].found


def test_photos_that_cannot_be_rendered_are_counted():
    photo = factories.photo()
    Photo.objects.filter(pk=photo.pk).update(
        renditions_due_at=timezone.now() + timedelta(hours=1), rendition_attempts=3
    )
    fact = found()["Снимки ждут обработки"]
    assert (fact.found, "Не удаётся подготовить: 1" in fact.problem) == ("1", True)


def test_letters_that_are_not_sent_are_counted(settings):
    settings.EMAIL_HOST = "mail.example.org"
    given = {"consent": factories.consent(), "consented_at": timezone.now()}
    factories.suggestion(email="parent@example.org", **given)
    assert found()["Письма ждут отправки"] == ("Письма ждут отправки", "1", "")
    Mail.objects.update(last_error="SMTPException: busy")
    assert "Не уходит: 1" in found()["Письма ждут отправки"].problem
    Mail.objects.update(due_at=None)
    assert "за месяц: 1" in found()["Письма ждут отправки"].problem
