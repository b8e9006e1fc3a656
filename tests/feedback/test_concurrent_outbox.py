"""Several workers on one outbox: each email is leased by one of them."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from feedback.mail import outbox
from feedback.models import Mail
from tests import factories
from tests.concurrency import run_before_query
from tests.feedback.test_outbox import NOW, send_all, with_address

pytestmark = pytest.mark.django_db
LEASING = 'UPDATE "feedback_mail"'


def test_an_email_leased_by_another_worker_is_left_to_it():
    with_address()
    taken = timezone.now() + outbox.LEASE
    with run_before_query(LEASING, lambda: Mail.objects.update(due_at=taken)):
        assert outbox.lease_mail() is None
    assert Mail.objects.get().due_at == taken


def test_a_worker_that_is_too_late_leases_the_next_email():
    first, second = with_address(), with_address()
    others = Mail.objects.filter(event__suggestion=first)
    with run_before_query(LEASING, lambda: others.update(due_at=timezone.now() + outbox.LEASE)):
        assert outbox.lease_mail().event.suggestion == second


def test_an_email_sent_by_another_worker_is_not_sent_again(mailbox):
    factories.college()
    with_address()
    sent = {"sent_at": timezone.now(), "due_at": None}
    with run_before_query(LEASING, lambda: Mail.objects.update(**sent)):
        send_all()
    assert mailbox.emails == []


def test_the_email_that_has_waited_longest_is_leased_first():
    with time_machine.travel(NOW, tick=False) as clock:
        later, sooner = with_address(), with_address()
        for suggestion, minutes in ((later, 1), (sooner, 2)):
            moment = NOW - datetime.timedelta(minutes=minutes)
            Mail.objects.filter(event__suggestion=suggestion).update(due_at=moment)
        clock.shift(datetime.timedelta(seconds=1))
        assert outbox.lease_mail().event.suggestion == sooner


def test_a_lease_is_counted_as_an_attempt():
    with_address()
    outbox.lease_mail()
    assert Mail.objects.get().attempts == 1


def test_an_email_leased_by_a_killed_worker_is_sent_later(mailbox):
    with time_machine.travel(NOW, tick=False) as clock:
        with_address()
        assert outbox.lease_mail()
        send_all()
        assert mailbox.emails == []
        clock.shift(outbox.LEASE)
        send_all()
    assert len(mailbox.emails) == 1


def test_two_workers_never_lease_the_same_email(mailbox):
    with_address()
    mail = outbox.lease_mail()
    Mail.objects.update(due_at=timezone.now())
    stale = Mail.objects.filter(pk=mail.pk, due_at=mail.due_at)
    assert outbox.lease_mail()
    assert not stale.exists()
    assert outbox.lease_mail() is None


def test_the_state_of_a_sent_email_has_the_local_time():
    assert Mail(sent_at=NOW).state == "Отправлено 23.11.2026 13:00"
