"""Emails to authors, with a mail server that accepts, rejects, disconnects and hangs."""

import datetime
import itertools
import re
import socket
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from feedback.mail import outbox
from feedback.models import Mail
from feedback.models.workflow.states import MAILED
from feedback.receipts.codes import receipt_code
from tests import factories

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
ADDRESS = "author@example.ru"


@pytest.fixture(autouse=True)
def college(db):
    return factories.college()


def with_address(key=None, email=ADDRESS, **fields):
    """A suggestion with an email address."""
    fields |= {"email": email, "consent": factories.consent(), "consented_at": timezone.now()}
    return factories.suggestion(key=key, **fields)


def send_all():
    while outbox.send_due():
        pass


def text_of(email, kind="plain"):
    return email.get_body(preferencelist=(kind,)).get_content()


# Content ------------------------------------------------------------------------------------------


def test_the_confirmation_contains_number_deadline_and_status_link(mailbox):
    with time_machine.travel(NOW, tick=False):
        suggestion = with_address()
        send_all()
    (email,) = mailbox.emails
    assert email["To"] == ADDRESS
    assert email["Subject"].strip() == f"Предложение № {suggestion.number}: принято"
    for kind in ("plain", "html"):
        text = text_of(email, kind).replace("\u00a0", " ")
        assert suggestion.number in text
        assert "23 декабря 2026 года" in text
        assert "https://college.example/feedback/status/" in text


def test_no_email_is_created_without_an_address(mailbox):
    factories.suggestion()
    send_all()
    assert mailbox.emails == []
    assert not Mail.objects.exists()


def test_question_extension_forwarding_and_answer_are_emailed(mailbox):
    staff = factories.staff()
    suggestion = with_address()
    suggestion.ask("В каком корпусе?", staff)
    suggestion.forward("Завхозу.", staff)
    suggestion.extend("Ждём смету.", staff)
    suggestion.give_answer("Поставили.", staff)
    send_all()
    texts = [text_of(email) for email in mailbox.emails]
    for words in ("В каком корпусе?", "Завхозу.", "Ждём смету.", "Поставили."):
        assert sum(words in text for text in texts) == 1
    assert len(texts) == 5


def test_the_reason_for_declining_is_emailed(mailbox):
    with_address().decline("Нет места.", factories.staff())
    send_all()
    assert "Нет места." in text_of(mailbox.emails[-1])


def test_no_email_contains_the_receipt_code(mailbox):
    key = uuid4()
    suggestion = with_address(key=key)
    suggestion.give_answer("Поставили.", factories.staff())
    send_all()
    assert len(mailbox.emails) == 2
    for email in mailbox.emails:
        assert not holds_code(email, key)


def holds_code(email, key):
    """Whether the code is in a header or in a decoded body."""
    bodies = [text_of(email, kind) for kind in ("plain", "html")]
    characters = re.sub(r"[^A-Z0-9]", "", " ".join([*map(str, email.values()), *bodies]).upper())
    return receipt_code(key).replace(" ", "") in characters


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_code_in_a_letter_would_be_noticed(mailbox, kind):
    key = uuid4()
    with_address(key=key).give_answer(f"Код — {receipt_code(key)}.", factories.staff())
    send_all()
    assert receipt_code(key) in text_of(mailbox.emails[-1], kind)
    assert holds_code(mailbox.emails[-1], key)


def test_the_subject_contains_nothing_from_the_texts(mailbox):
    suggestion = with_address(text="Мастер Петров курит в цехе.")
    suggestion.ask("Какой цех?\nBcc: x@example.ru", factories.staff())
    send_all()
    assert len(mailbox.emails) == 2
    for email in mailbox.emails:
        assert "Петров" not in email["Subject"]
        assert "цех" not in email["Subject"]
        assert email["Bcc"] is None


def test_only_the_html_part_escapes_the_text(mailbox):
    with_address().give_answer('<img src="//evil.example">&', factories.staff())
    send_all()
    assert '<img src="//evil.example">&' in text_of(mailbox.emails[-1])
    assert "&lt;img" in text_of(mailbox.emails[-1], "html")
    assert "<img" not in text_of(mailbox.emails[-1], "html")


def test_every_email_contains_the_colleges_contacts(mailbox, college):
    with_address()
    send_all()
    for kind in ("plain", "html"):
        assert college.phone in text_of(mailbox.emails[0], kind)
        text = text_of(mailbox.emails[0], kind).replace("\u00a0", " ")
        assert college.street_address in text
    assert mailbox.emails[0]["Reply-To"] == college.email


@pytest.mark.parametrize("form", ["", "https://pos.example.ru/"])
def test_every_email_explains_how_to_make_a_formal_appeal(mailbox, form):
    factories.college(appeal_url=form, working_hours="Пн–пт 8:00–17:00")
    with_address()
    send_all()
    for kind in ("plain", "html"):
        text = text_of(mailbox.emails[0], kind).replace("\u00a0", " ")
        assert ("форму «Решаем вместе» на Госуслугах" in text and form in text) == bool(form)
        for words in ("письмом по почте или лично", "ул. Учебная, д. 1", "Пн–пт 8:00–17:00"):
            assert words in text


@pytest.mark.parametrize(("name", "shown"), [("", "Учебный техникум"), ("Портал ", "Портал")])
def test_the_sender_name_defaults_to_the_college(mailbox, settings, name, shown):
    settings.DEFAULT_FROM_EMAIL = f"{name}<noreply@college.example>"
    with_address()
    send_all()
    assert mailbox.emails[0]["From"] == f"{shown} <noreply@college.example>"


def test_every_mailed_event_kind_has_a_template(mailbox):
    suggestion = with_address()
    for kind in MAILED[1:]:
        suggestion.record(kind, "Слова.")
    send_all()
    assert len(mailbox.emails) == len(MAILED)


# Sending ------------------------------------------------------------------------------------------


def test_an_email_is_sent_once(mailbox):
    with_address()
    send_all()
    send_all()
    assert len(mailbox.emails) == 1
    mail = Mail.objects.get()
    assert mail.sent_at
    assert (mail.due_at, mail.last_error) == (None, "")


def test_a_rolled_back_change_sends_no_email(mailbox):
    suggestion = with_address()
    send_all()
    with transaction.atomic():
        suggestion.ask("Где?", factories.staff())
        transaction.set_rollback(True)
    send_all()
    assert len(mailbox.emails) == 1


@pytest.mark.parametrize("refusal", ["451 Try later", "550 No such user author@example.ru"])
def test_a_refused_email_is_retried_and_its_error_hides_the_address(mailbox, refusal):
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
        assert mailbox.emails == []
        clock.move_to(mail.due_at)
        send_all()
    assert len(mailbox.emails) == 1


def test_retry_delays_grow_over_four_days(mailbox):
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


def test_staff_can_resend_an_email_that_was_given_up(mailbox):
    with_address()
    Mail.objects.update(due_at=None, last_error="451", attempts=20)
    assert Mail.objects.all().send_again() == 1
    send_all()
    assert len(mailbox.emails) == 1


def test_an_email_resent_after_a_dropped_connection_keeps_its_message_id(mailbox):
    mailbox.after_data = "drop"
    with time_machine.travel(NOW, tick=False) as clock:
        with_address()
        send_all()
        mailbox.after_data = "250 OK"
        clock.move_to(Mail.objects.get().due_at)
        send_all()
    first, second = mailbox.emails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_different_events_have_different_message_ids(mailbox):
    with_address().ask("Где?", factories.staff())
    send_all()
    assert len({email["Message-ID"] for email in mailbox.emails}) == 2


def test_an_email_is_retried_when_the_server_is_unreachable(mailbox, settings):
    settings.EMAIL_PORT = 9  # a closed port
    with_address()
    send_all()
    mail = Mail.objects.get()
    assert mail.last_error
    assert mail.due_at > timezone.now()


def test_an_unencodable_address_is_reported_and_does_not_block_others(mailbox):
    with_address(email=f"x@{'а' * 60}.рф")
    with_address()
    send_all()
    mail = Mail.objects.order_by("pk").first()
    assert "UnicodeError" in mail.last_error
    assert mail.due_at > timezone.now()
    assert mail in Mail.objects.failing()
    assert len(mailbox.emails) == 1


def test_an_error_while_building_an_email_is_reported(mailbox, monkeypatch):
    monkeypatch.setattr(outbox, "SUBJECTS", {})
    with_address()
    send_all()
    assert "KeyError" in Mail.objects.get().last_error


def test_a_silent_server_times_out(mailbox, settings):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        with_address()
        send_all()
    assert "timed out" in Mail.objects.get().last_error


def test_emails_wait_with_a_reason_when_no_server_is_configured(settings):
    settings.EMAIL_HOST = ""
    with_address()
    assert not outbox.send_due()
    assert Mail.objects.get().state == "Ждёт: почтовый сервер не задан"


def test_a_removed_address_gets_no_email(mailbox):
    suggestion = with_address()
    suggestion.email, suggestion.consent, suggestion.consented_at = "", None, None
    suggestion.save()
    send_all()
    assert mailbox.emails == []
    assert Mail.objects.get().last_error == "Адрес автора удалён."


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize(
    ("fax", "shown"), [("", "Телефон: "), ("8 (8452) 11-22-33", "Телефон/факс: ")]
)
def test_a_fax_with_the_phones_number_is_named_once(mailbox, kind, fax, shown):
    factories.college(fax=fax)
    with_address()
    send_all()
    contacts = " ".join(strip_tags(text_of(mailbox.emails[0], kind)).split())
    assert shown in contacts
    assert "Факс" not in contacts


def test_mailboxes_are_told_that_no_person_wrote_the_email(mailbox):
    with_address()
    send_all()
    assert mailbox.emails[0]["Auto-Submitted"] == "auto-generated"


def test_a_long_error_is_stored_as_far_as_it_fits(mailbox, monkeypatch):
    def fail(mail):
        raise ValueError("x" * 999)

    with_address()
    monkeypatch.setattr(outbox, "build_message", fail)
    outbox.send_due()
    assert len(Mail.objects.get().last_error) == 500
