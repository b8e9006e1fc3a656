"""The confirmation to an unverified address: limited per day, none in quarantine."""

import datetime
from uuid import uuid4

import pytest
import time_machine

from feedback.models import Mail
from tests import factories
from tests.feedback.test_outbox import NOW, send_all, with_address

pytestmark = pytest.mark.django_db


def test_an_email_address_gets_at_most_five_confirmations_a_day(mailbox):
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(7):
            with_address()
        send_all()
        assert len(mailbox.emails) == 5
        clock.shift(datetime.timedelta(days=1, minutes=1))
        send_all()
    assert len(mailbox.emails) == 7


def test_confirmations_are_counted_regardless_of_the_address_case(mailbox):
    for email in ("author@example.ru", "AUTHOR@example.ru", "Author@Example.ru") * 2:
        with_address(email=email)
    send_all()
    assert len(mailbox.emails) == 5


def test_wildcards_in_an_address_do_not_match_other_addresses(mailbox):
    for _ in range(5):
        with_address(email="author@example.ru")
    with_address(email="autho_@example.ru")
    send_all()
    assert len(mailbox.emails) == 6


def test_a_quarantined_suggestion_is_confirmed_after_its_release(mailbox):
    suggestion = with_address(status="quarantine", suspicion="Три ссылки")
    send_all()
    assert mailbox.emails == []
    suggestion.release(factories.staff())
    send_all()
    (email,) = mailbox.emails
    assert email["Subject"].strip() == f"Предложение № {suggestion.number}: принято"


def test_releasing_a_suggestion_without_an_address_sends_no_email():
    factories.suggestion(status="quarantine").release(factories.staff())
    assert not Mail.objects.exists()


def test_declining_in_quarantine_closes_spam_and_sends_no_email(mailbox):
    suggestion = with_address(status="quarantine", suspicion="Три ссылки")
    suggestion.decline("Это реклама.", factories.staff())
    send_all()
    assert (suggestion.status, mailbox.emails) == ("declined", [])


def test_replying_or_withdrawing_in_quarantine_sends_no_email(mailbox):
    suggestion = with_address(status="quarantine")
    suggestion.reply("Ещё одно.", uuid4())
    suggestion.withdraw(uuid4())
    send_all()
    assert mailbox.emails == []


def test_questions_do_not_count_towards_the_confirmation_limit(mailbox):
    suggestion = with_address()
    for _ in range(8):
        suggestion.ask("Где?", factories.staff())
    send_all()
    assert len(mailbox.emails) == 9


def test_a_confirmation_over_the_limit_says_why_it_waits_a_day(mailbox):
    with time_machine.travel(NOW, tick=False):
        for _ in range(6):
            with_address()
        send_all()
    mail = Mail.objects.get(sent_at=None)
    assert mail.due_at == NOW + datetime.timedelta(days=1)
    assert "Больше 5 подтверждений" in mail.last_error
