"""Letters to authors, through a mail server that takes, refuses, hangs up and hangs."""

import datetime
import itertools
import re
import socket
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from feedback.mail import outbox
from feedback.models import Mail
from feedback.models.states import MAILED
from feedback.receipts.codes import receipt_code
from tests import factories

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
ADDRESS = "author@example.ru"


@pytest.fixture(autouse=True)
def college(db):
    return factories.college()


def with_address(key=None, email=ADDRESS, **fields):
    """A suggestion whose author left an address."""
    fields |= {"email": email, "consent": factories.consent(), "consented_at": timezone.now()}
    return factories.suggestion(key=key, **fields)


def send_all():
    while outbox.send_due():
        pass


def text_of(letter, kind="plain"):
    return letter.get_body(preferencelist=(kind,)).get_content()


# What is written ----------------------------------------------------------------------------------


def test_the_confirmation_tells_number_and_date(mailbox):
    with time_machine.travel(NOW, tick=False):
        suggestion = with_address()
        send_all()
    (letter,) = mailbox.letters
    assert letter["To"] == ADDRESS
    assert letter["Subject"].strip() == f"Предложение № {suggestion.number}: принято"
    for kind in ("plain", "html"):
        text = text_of(letter, kind).replace("\u00a0", " ")
        assert suggestion.number in text
        assert "23 декабря 2026 года" in text
        assert "https://college.example/feedback/status/" in text


def test_without_an_address_there_is_no_letter(mailbox):
    factories.suggestion()
    send_all()
    assert mailbox.letters == []
    assert not Mail.objects.exists()


def test_question_extension_forwarding_and_answer_are_told(mailbox):
    staff = factories.staff()
    suggestion = with_address()
    suggestion.ask("В каком корпусе?", staff)
    suggestion.forward("Завхозу.", staff)
    suggestion.extend("Ждём смету.", staff)
    suggestion.give_answer("Поставили.", staff)
    send_all()
    told = [text_of(letter) for letter in mailbox.letters]
    for words in ("В каком корпусе?", "Завхозу.", "Ждём смету.", "Поставили."):
        assert sum(words in text for text in told) == 1
    assert len(told) == 5


def test_an_explanation_why_not_is_told(mailbox):
    with_address().decline("Нет места.", factories.staff())
    send_all()
    assert "Нет места." in text_of(mailbox.letters[-1])


def test_no_letter_holds_the_code(mailbox):
    key = uuid4()
    suggestion = with_address(key=key)
    suggestion.give_answer("Поставили.", factories.staff())
    send_all()
    assert len(mailbox.letters) == 2
    for letter in mailbox.letters:
        assert not holds_code(letter, key)


def holds_code(letter, key):
    """Whether the code stands in a header or, once decoded, in a body."""
    bodies = [text_of(letter, kind) for kind in ("plain", "html")]
    letters = re.sub(r"[^A-Z0-9]", "", " ".join([*map(str, letter.values()), *bodies]).upper())
    return receipt_code(key).replace(" ", "") in letters


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_code_in_a_letter_would_be_noticed(mailbox, kind):
    key = uuid4()
    with_address(key=key).give_answer(f"Код — {receipt_code(key)}.", factories.staff())
    send_all()
    assert receipt_code(key) in text_of(mailbox.letters[-1], kind)
    assert holds_code(mailbox.letters[-1], key)


def test_the_subject_says_nothing_of_the_text_and_names_nobody(mailbox):
    suggestion = with_address(text="Мастер Петров курит в цехе.")
    suggestion.ask("Какой цех?\nBcc: x@example.ru", factories.staff())
    send_all()
    assert len(mailbox.letters) == 2
    for letter in mailbox.letters:
        assert "Петров" not in letter["Subject"]
        assert "цех" not in letter["Subject"]
        assert letter["Bcc"] is None


def test_text_is_text_in_both_kinds(mailbox):
    with_address().give_answer('<img src="//evil.example">&', factories.staff())
    send_all()
    assert '<img src="//evil.example">&' in text_of(mailbox.letters[-1])
    assert "&lt;img" in text_of(mailbox.letters[-1], "html")
    assert "<img" not in text_of(mailbox.letters[-1], "html")


def test_the_colleges_contacts_come_from_its_row(mailbox, college):
    with_address()
    send_all()
    for kind in ("plain", "html"):
        assert college.phone in text_of(mailbox.letters[0], kind)
        text = text_of(mailbox.letters[0], kind).replace("\u00a0", " ")
        assert college.street_address in text
    assert mailbox.letters[0]["Reply-To"] == college.email


@pytest.mark.parametrize("form", ["", "https://pos.example.ru/"])
def test_every_letter_names_the_ways_of_a_formal_appeal(mailbox, form):
    factories.college(appeal_url=form, working_hours="Пн–пт 8:00–17:00")
    with_address()
    send_all()
    for kind in ("plain", "html"):
        text = text_of(mailbox.letters[0], kind).replace("\u00a0", " ")
        assert ("форму «Решаем вместе» на Госуслугах" in text and form in text) == bool(form)
        for words in ("письмом по почте или лично", "ул. Учебная, д. 1", "Пн–пт 8:00–17:00"):
            assert words in text


@pytest.mark.parametrize(("name", "shown"), [("", "Учебный техникум"), ("Портал ", "Портал")])
def test_a_letter_comes_from_the_college_by_name(mailbox, settings, name, shown):
    settings.DEFAULT_FROM_EMAIL = f"{name}<noreply@college.example>"
    with_address()
    send_all()
    assert mailbox.letters[0]["From"] == f"{shown} <noreply@college.example>"


def test_every_kind_of_event_that_is_mailed_has_its_letter(mailbox):
    suggestion = with_address()
    for kind in MAILED[1:]:
        suggestion.record(kind, "Слова.")
    send_all()
    assert len(mailbox.letters) == len(MAILED)


# Sending ------------------------------------------------------------------------------------------


def test_a_letter_is_sent_once(mailbox):
    with_address()
    send_all()
    send_all()
    assert len(mailbox.letters) == 1
    mail = Mail.objects.get()
    assert mail.sent_at
    assert (mail.due_at, mail.last_error) == (None, "")


def test_a_change_that_is_rolled_back_leaves_no_letter(mailbox):
    suggestion = with_address()
    send_all()
    with transaction.atomic():
        suggestion.ask("Где?", factories.staff())
        transaction.set_rollback(True)
    send_all()
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("refusal", ["451 Try later", "550 No such user author@example.ru"])
def test_a_refusal_is_tried_again_and_told_to_staff_without_the_address(mailbox, refusal):
    mailbox.to_recipient = refusal
    with time_machine.travel(NOW, tick=False) as clock:
        with_address()
        send_all()
        mail = Mail.objects.get()
        assert refusal[:3] in mail.last_error
        assert ADDRESS not in mail.last_error
        assert "Не уходит" in mail.state
        mailbox.to_recipient = "250 OK"
        send_all()
        assert mailbox.letters == []
        clock.move_to(mail.due_at)
        send_all()
    assert len(mailbox.letters) == 1


def test_pauses_grow_and_go_on_for_four_days(mailbox):
    mailbox.to_recipient = "451 Try later"
    moments = []
    with time_machine.travel(NOW, tick=False) as clock:
        with_address()
        while (mail := Mail.objects.get()).due_at:
            moments.append(mail.due_at)
            clock.move_to(mail.due_at)
            assert outbox.send_due()
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert pauses == sorted(pauses)
    assert datetime.timedelta(hours=90) < moments[-1] - moments[0] <= datetime.timedelta(hours=96)
    assert len(moments) < 50
    assert "451" in mail.last_error


def test_staff_can_send_it_again_after_all(mailbox):
    with_address()
    Mail.objects.update(due_at=None, last_error="451", attempts=20)
    assert Mail.objects.all().send_again() == 1
    send_all()
    assert len(mailbox.letters) == 1


def test_a_server_that_drops_after_the_letter_gets_it_again_under_the_same_name(mailbox):
    mailbox.after_data = "drop"
    with time_machine.travel(NOW, tick=False) as clock:
        with_address()
        send_all()
        mailbox.after_data = "250 OK"
        clock.move_to(Mail.objects.get().due_at)
        send_all()
    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_different_events_have_different_names(mailbox):
    with_address().ask("Где?", factories.staff())
    send_all()
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 2


def test_a_server_that_cannot_be_reached_keeps_the_letter(mailbox, settings):
    settings.EMAIL_PORT = 9  # nobody listens there
    with_address()
    send_all()
    mail = Mail.objects.get()
    assert mail.last_error
    assert mail.due_at > timezone.now()


def test_an_address_that_cannot_be_written_to_is_told_to_staff_and_tried_later(mailbox):
    with_address(email=f"x@{'а' * 60}.рф")
    with_address()
    send_all()
    mail = Mail.objects.order_by("pk").first()
    assert "UnicodeError" in mail.last_error
    assert mail.due_at > timezone.now()
    assert mail in Mail.objects.failing()
    assert len(mailbox.letters) == 1


def test_a_letter_that_cannot_be_built_is_told_to_staff(mailbox, monkeypatch):
    monkeypatch.setattr(outbox, "SUBJECTS", {})
    with_address()
    send_all()
    assert "KeyError" in Mail.objects.get().last_error


def test_a_server_that_says_nothing_is_left_after_the_timeout(mailbox, settings):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        with_address()
        send_all()
    assert "timed out" in Mail.objects.get().last_error


def test_without_a_mail_server_letters_wait_and_staff_see_why(settings):
    settings.EMAIL_HOST = ""
    with_address()
    assert not outbox.send_due()
    assert Mail.objects.get().state == "Ждёт: почтовый сервер не задан"


def test_a_killed_worker_gives_its_letter_back_when_the_lease_ends(mailbox):
    with time_machine.travel(NOW, tick=False) as clock:
        with_address()
        assert outbox.lease_one()
        send_all()
        assert mailbox.letters == []
        clock.shift(outbox.LEASE)
        send_all()
    assert len(mailbox.letters) == 1


def test_two_workers_never_share_a_letter(mailbox):
    with_address()
    mail = outbox.lease_one()
    Mail.objects.update(due_at=timezone.now())
    stale = Mail.objects.filter(pk=mail.pk, due_at=mail.due_at)
    assert outbox.lease_one()
    assert not stale.exists()
    assert outbox.lease_one() is None


def test_an_address_that_was_removed_gets_no_letter(mailbox):
    suggestion = with_address()
    suggestion.email, suggestion.consent, suggestion.consented_at = "", None, None
    suggestion.save()
    send_all()
    assert mailbox.letters == []
    assert Mail.objects.get().last_error == "Адрес автора удалён."
