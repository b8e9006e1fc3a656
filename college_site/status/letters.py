"""Letters to keepers about what is wrong: one a thing and day, through a small outbox."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from college_site.accounts.roles import KEEPER
from college_site.background.leases import lease
from college_site.models import KeeperLetter
from college_site.pages.absolute_urls import absolute_reverse, site_host
from college_site.status.certificate import list_certificate_facts
from college_site.status.facts import list_checks

logger = logging.getLogger(__name__)

LOOK_EVERY = 600  # seconds
KEPT = timedelta(days=30)
LONGEST_PAUSE = timedelta(hours=1)


class Watch:
    """Looks every ten minutes; what is wrong twice in a row is written to the keepers.

    So an update, during which the worker is silent, writes no letter.
    """

    def __init__(self):
        self.due_at, self.wrong = 0.0, set()

    def write_to_keepers(self):
        """The worker's job; returns False: it leaves no work behind."""
        if settings.EMAIL_HOST and time.monotonic() >= self.due_at:
            self.due_at = time.monotonic() + LOOK_EVERY
            facts = [fact for fact in [*list_checks(), *list_certificate_facts()] if fact.problem]
            again = [fact for fact in facts if fact.name in self.wrong]
            self.wrong = {fact.name for fact in facts}
            queue_letters(again)
        return False


def queue_letters(facts):
    """One letter to each keeper for each thing that is wrong, once a day."""
    today = timezone.localdate()
    for thing in dict.fromkeys(fact.name for fact in facts):
        context = {
            "facts": [fact for fact in facts if fact.name == thing],
            "address": absolute_reverse("admin:status"),
        }
        body = render_to_string("email/keeper_problem.txt", context)
        for keeper in list_keepers():
            KeeperLetter.objects.get_or_create(
                recipient=keeper, thing=thing, day=today, defaults={"body": body}
            )
    KeeperLetter.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def list_keepers():
    """The keepers with an address."""
    people = get_user_model().objects.filter(groups__name=KEEPER, is_active=True, is_staff=True)
    return people.exclude(email="").order_by("pk").distinct()


def send_keeper_letter():
    """Send or drop one due letter; returns whether there was one."""
    if not settings.EMAIL_HOST:
        return False
    due = KeeperLetter.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    letter = lease(due, "due_at", "attempts", choose_pause)
    if letter is None:
        return False
    changes = {"due_at": None}
    if letter.day == timezone.localdate() and letter.recipient in list_keepers():
        try:
            build_message(letter).send()
        except Exception as error:  # the lease lets it be sent again
            logger.warning("A letter to a keeper was not sent: %s", type(error).__name__)
            return True
        changes["sent_at"] = timezone.now()
    KeeperLetter.objects.filter(pk=letter.pk).update(**changes)
    return True


def choose_pause(letter):
    """One minute, then twice as long after each failure."""
    return min(timedelta(minutes=2 ** min(letter.attempts, 10)), LONGEST_PAUSE)


def build_message(letter):
    return EmailMessage(
        subject=f"Состояние сайта: {letter.thing}",
        body=letter.body,
        to=[letter.recipient.email],
        headers={
            "Message-ID": f"<keeper-{letter.pk}@{site_host()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
