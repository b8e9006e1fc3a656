"""What is wrong reaches the keepers by letter, once a thing and day."""

import smtplib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone

from college_site.accounts.roles import EDITOR, KEEPER
from college_site.models import BackupRun, KeeperLetter
from college_site.registry import registry
from college_site.status import certificate, facts, letters, slow_pages
from college_site.status.facts import Fact
from feedback.models import Mail, SuggestionTopic
from news.models import Photo
from tests import factories

pytestmark = pytest.mark.django_db
DISK = Fact("Диск", "свободно 10 МБ", "Место кончается.")
MAIL = Fact("Письма ждут отправки", "5", "Не уходит: 5.")


@pytest.fixture(autouse=True)
def keeper(settings):
    settings.EMAIL_HOST = "mail.example.org"
    person = factories.member(KEEPER)
    person.email = "keeper@example.org"
    person.save()
    return person


def send_all():
    while letters.send_keeper_letter():
        pass
    return mail.outbox


def look(watch):
    """Look as if ten minutes had passed."""
    watch.due_at = 0.0
    watch.write_to_keepers()


def make_due():
    KeeperLetter.objects.update(due_at=timezone.now())


def test_the_letter_says_what_is_wrong_and_where_to_look():
    letters.queue_letters([DISK])
    [message] = send_all()
    assert message.to == ["keeper@example.org"]
    assert message.subject == "Состояние сайта: Диск"
    assert "свободно 10 МБ" in message.body
    assert "Место кончается." in message.body
    assert "http://testserver/admin/status/" in message.body


def test_one_letter_is_written_for_each_thing_and_day():
    for _ in range(3):
        letters.queue_letters([DISK, MAIL, DISK])
    assert len(send_all()) == 2


def test_the_next_day_brings_another_letter(time_machine):
    letters.queue_letters([DISK])
    time_machine.move_to(timezone.now() + timedelta(days=1))
    letters.queue_letters([DISK])
    assert KeeperLetter.objects.count() == 2


def test_only_keepers_with_an_address_get_letters(keeper):
    without, editor = factories.member(KEEPER), factories.member(EDITOR)
    without.email, editor.email = "", "editor@example.org"
    for person in (without, editor):
        person.save()
    letters.queue_letters([DISK])
    assert [message.to for message in send_all()] == [["keeper@example.org"]]


def test_who_is_no_keeper_any_more_gets_no_waiting_letter(keeper):
    letters.queue_letters([DISK])
    keeper.groups.clear()
    assert send_all() == []
    assert not KeeperLetter.objects.filter(due_at__isnull=False).exists()


def test_a_letter_of_yesterday_is_dropped():
    letters.queue_letters([DISK])
    KeeperLetter.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert send_all() == []


def test_a_refused_letter_is_sent_again_later(monkeypatch):
    def refuse(message):
        raise smtplib.SMTPServerDisconnected("gone")

    letters.queue_letters([DISK])
    with monkeypatch.context() as patch:
        patch.setattr(letters.EmailMessage, "send", refuse)
        assert send_all() == []
    assert KeeperLetter.objects.get().due_at > timezone.now()
    make_due()
    assert len(send_all()) == 1


def test_only_what_is_wrong_at_two_looks_is_written(monkeypatch):
    watch = letters.Watch()
    monkeypatch.setattr(letters, "list_checks", lambda: [DISK, Fact("База данных", "цела")])
    look(watch)
    assert not KeeperLetter.objects.exists()
    look(watch)
    assert [letter.thing for letter in KeeperLetter.objects.all()] == ["Диск"]


def test_what_was_wrong_for_a_moment_is_not_written(monkeypatch):
    watch = letters.Watch()
    for found in ([DISK], [], [DISK]):
        monkeypatch.setattr(letters, "list_checks", lambda found=found: found)
        look(watch)
    assert not KeeperLetter.objects.exists()


def test_the_watch_rests_for_ten_minutes(monkeypatch):
    looks = []
    monkeypatch.setattr(letters, "list_checks", lambda: looks.append(1) or [])
    watch = letters.Watch()
    watch.write_to_keepers()
    watch.write_to_keepers()
    assert len(looks) == 1


def test_without_a_mail_server_nothing_is_written(settings, monkeypatch):
    settings.EMAIL_HOST = ""
    monkeypatch.setattr(letters, "list_checks", lambda: pytest.fail("looked"))
    letters.Watch().write_to_keepers()
    assert letters.send_keeper_letter() is False


# Everything that «Состояние сайта» shows ----------------------------------------------------------


@pytest.fixture
def wrong_site(settings, tmp_path, monkeypatch):
    """A site without worker and topics, of which everything else is wrong, too."""
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "https://college.example"
    settings.SQLITE_COPY = {"OPTIONS": {}}
    now, ago = timezone.now(), timezone.now() - timedelta(days=8)
    monkeypatch.setattr(facts.shutil, "disk_usage", lambda path: SimpleNamespace(free=1, total=2))
    monkeypatch.setattr(facts, "read_protection", lambda: ())
    monkeypatch.setattr(certificate, "read_end", lambda *address: now + timedelta(days=1))
    for _ in range(slow_pages.TOO_MANY):
        slow_pages.note("news/", 1.5)
    BackupRun.objects.create(kind="backup", finished_at=ago, archive="portal.tar.age")
    factories.photo()
    Photo.objects.update(renditions_due_at=now, rendition_attempts=3)
    factories.suggestion(
        email="parent@example.org", consent=factories.consent(), consented_at=timezone.now()
    )
    Mail.objects.update(last_error="SMTPException: busy")
    SuggestionTopic.objects.update(is_active=False)


@pytest.mark.usefixtures("wrong_site")
def test_each_red_line_of_the_page_becomes_a_letter():
    watch = letters.Watch()
    look(watch)
    look(watch)
    assert {letter.thing for letter in KeeperLetter.objects.all()} == {
        "Фоновые задачи",
        "Диск",
        "Разбор файлов огорожен",
        "Резервная копия",
        "Проверка копии",
        "Непрерывная копия",
        "Медленные страницы",
        "Снимки ждут обработки",
        "Письма ждут отправки",
        "Темы предложений",
        "Сертификат",
    }


def test_the_worker_looks_and_sends():
    watches = [getattr(job, "__self__", None) for job in registry.periodic_jobs]
    assert any(isinstance(watch, letters.Watch) for watch in watches)
    assert letters.send_keeper_letter in registry.periodic_jobs
