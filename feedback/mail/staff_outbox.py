"""Sends the letters to staff, and drops those that are no longer true."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from college_site.accounts.staff_permissions import is_staff_today
from college_site.models import College
from college_site.pages.absolute_urls import site_host
from feedback.mail.outbox import attempt_delivery, encode_words, lease_due, sender
from feedback.mail.reminders import is_current
from feedback.models import LetterChoice, StaffMail, Suggestion

A_WEEK = timedelta(days=7)


def send_due_to_staff():
    """Send or drop one due letter; returns whether there was one."""
    if not settings.EMAIL_HOST:
        return False
    mail = lease_due(StaffMail.objects.select_related("recipient", "suggestion"))
    if mail is None:
        return False
    stored = StaffMail.objects.filter(pk=mail.pk)
    if is_wanted(mail):
        stored.update(**attempt_delivery(mail, build_message))
    else:
        stored.update(due_at=None, last_error="")
    return True


def is_wanted(mail):
    """Whether it is still true, and its recipient may and wants to read it."""
    person, today = mail.recipient, timezone.localdate()
    if not (is_staff_today(person) and person.email and LetterChoice.wants(person, mail.kind)):
        return False
    if mail.suggestion is None:
        age = A_WEEK if mail.kind == StaffMail.Kind.WEEKLY else timedelta(days=1)
        return today - mail.day < age
    readable = Suggestion.objects.visible_to(person).filter(pk=mail.suggestion_id)
    return is_current(mail, today) and readable.exists()


def build_message(mail):
    """The letter as plain text; the same at every attempt."""
    return EmailMessage(
        subject=encode_words(mail.subject),
        body=mail.body,
        from_email=sender(College.objects.current()),
        to=[mail.recipient.email],
        headers={
            "Message-ID": f"<staff-{mail.pk}@{site_host()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
