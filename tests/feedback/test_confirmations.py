"""The first letter, to an address that anybody may have entered: few a day, none in quarantine."""

import datetime
from uuid import uuid4

import pytest
import time_machine

from feedback.models import Mail
from tests import factories
from tests.feedback.test_outbox import NOW, send_all, with_address

pytestmark = pytest.mark.django_db


def test_a_strangers_address_gets_five_confirmations_a_day(mailbox):
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(7):
            with_address()
        send_all()
        assert len(mailbox.letters) == 5
        clock.shift(datetime.timedelta(days=1, minutes=1))
        send_all()
    assert len(mailbox.letters) == 7


def test_an_address_is_one_however_its_letters_are_written(mailbox):
    for email in ("author@example.ru", "AUTHOR@example.ru", "Author@Example.ru") * 2:
        with_address(email=email)
    send_all()
    assert len(mailbox.letters) == 5


def test_an_address_that_is_no_pattern_counts_for_itself_alone(mailbox):
    for _ in range(5):
        with_address(email="author@example.ru")
    with_address(email="autho_@example.ru")
    send_all()
    assert len(mailbox.letters) == 6


def test_from_quarantine_the_confirmation_goes_after_the_release(mailbox):
    suggestion = with_address(status="quarantine", suspicion="Три ссылки")
    send_all()
    assert mailbox.letters == []
    suggestion.release(factories.staff())
    send_all()
    (letter,) = mailbox.letters
    assert letter["Subject"].strip() == f"Предложение № {suggestion.number}: принято"


def test_without_an_address_a_release_writes_no_letter():
    factories.suggestion(status="quarantine").release(factories.staff())
    assert not Mail.objects.exists()


def test_a_reply_from_quarantine_writes_no_letter(mailbox):
    suggestion = with_address(status="quarantine")
    suggestion.reply("Ещё одно.", uuid4())
    suggestion.withdraw(uuid4())
    send_all()
    assert mailbox.letters == []


def test_questions_are_not_counted_among_confirmations(mailbox):
    suggestion = with_address()
    for _ in range(8):
        suggestion.ask("Где?", factories.staff())
    send_all()
    assert len(mailbox.letters) == 9
