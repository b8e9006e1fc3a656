"""Sends the emails of the outbox; a failed one is retried with growing pauses.

Delivery is at least once: if a worker is killed after the mail server accepted an email, the lease
expires and the email is sent again with the same Message-ID, so that mailboxes drop the duplicate.
"""

import re
import smtplib
from datetime import timedelta
from email.header import Header
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from college_site.background.leases import lease
from college_site.models import College
from college_site.pages.absolute_urls import absolute_reverse, site_host
from feedback.models import Event, Mail
from feedback.models.workflow.answering import decision_of

LEASE = timedelta(minutes=5)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360)]
GIVE_UP_AFTER = timedelta(hours=96)
MAX_CONFIRMATIONS = 5  # a day to one address, which may be a stranger's
A_DAY = timedelta(days=1)
SUBJECTS = {
    Event.Kind.RECEIVED: "принято",
    Event.Kind.QUESTION: "вопрос к вам",
    Event.Kind.EXTENDED: "срок продлён",
    Event.Kind.FORWARDED: "передано тем, кто решает вопрос",
    Event.Kind.ANSWERED: "дан ответ",
    Event.Kind.DECLINED: "рассмотрено",
    Event.Kind.MERGED: "рассматривается вместе с похожим",
    Event.Kind.SEPARATED: "рассматривается отдельно",
    Event.Kind.PUBLISHED: "опубликовано",
    Event.Kind.HIDDEN: "снято с публикации",
    Event.Kind.NOT_PUBLISHED: "не будет опубликовано",
    Event.Kind.FULFILLED: "обещание выполнено",
    Event.Kind.CANCELLED: "обещание отменено",
}
ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")


def send_due():
    """Send one due email; returns whether there was one. Without a mail server they wait."""
    if not settings.EMAIL_HOST:
        return False
    mail = lease_mail()
    if mail is None:
        return False
    stored = Mail.objects.filter(pk=mail.pk)
    if not mail.event.suggestion.email:
        stored.update(due_at=None, last_error="Адрес автора удалён.")
    elif exceeds_confirmation_limit(mail):
        reason = f"Больше {MAX_CONFIRMATIONS} подтверждений на этот адрес за сутки: подождёт."
        stored.update(due_at=timezone.now() + A_DAY, last_error=reason)
    else:
        stored.update(**attempt_delivery(mail, build_message))
    return True


def lease_mail():
    return lease_due(Mail.objects.select_related("event__suggestion__topic"))


def lease_due(mails):
    """Claim one due email of a queryset, or return None."""
    due = mails.filter(due_at__lte=timezone.now()).order_by("due_at")
    return lease(due, "due_at", "attempts", lambda mail: LEASE)


def attempt_delivery(mail, build):
    """Try to send the message that `build` makes of it; returns the fields to store.

    Every exception is shown to staff: otherwise nobody would notice that the email is not sent.
    """
    try:
        build(mail).send()
    except Exception as failure:
        pause = PAUSES[min(mail.attempts, len(PAUSES) - 1)]
        next_try = timezone.now() + pause
        gives_up = next_try > mail.created_at + GIVE_UP_AFTER
        return {
            "due_at": None if gives_up else next_try,
            "last_error": describe_failure(failure),
        }
    return {"due_at": None, "sent_at": timezone.now(), "last_error": ""}


def describe_failure(failure):
    """The error of the mail server, the network or Python, for staff, without addresses."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(failure.recipients.values()))
        message = f"{code} {decode_reply(text)}"
    elif isinstance(failure, smtplib.SMTPResponseException):
        message = f"{failure.smtp_code} {decode_reply(failure.smtp_error)}"
    else:
        message = str(failure)
    return f"{type(failure).__name__}: {ADDRESS.sub('…', message)}"[:500]


def decode_reply(text):
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def exceeds_confirmation_limit(mail):
    """Whether the address, which may be a stranger's, got too many confirmations already."""
    confirmations = Mail.objects.filter(
        event__kind=Event.Kind.RECEIVED,
        event__suggestion__email__iexact=mail.event.suggestion.email,
        sent_at__gt=timezone.now() - A_DAY,
    )
    is_confirmation = mail.event.kind == Event.Kind.RECEIVED
    return is_confirmation and confirmations.count() >= MAX_CONFIRMATIONS


def build_message(mail):
    """The email about an event, as plain text and HTML; the same at every attempt."""
    event, college = mail.event, College.objects.current()
    decided = decision_of(event)
    files = list(event.attachments.all())
    subject, text, html = render_letter(event, decided.text if decided else "", files)
    message = EmailMultiAlternatives(
        subject=encode_words(subject),
        body=text,
        from_email=sender(college),
        to=[event.suggestion.email],
        reply_to=[college.email] if college.email else [],
        headers={
            "Message-ID": f"<event-{event.key}@{site_host()}>",
            "Date": format_datetime(timezone.localtime(event.happened_at)),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def render_letter(event, decided="", files=()):
    """Subject, plain text and HTML of the letter about an event, also of one to come.

    `decided` is the text of the event of the decision, `files` what the author may download.
    """
    context = {
        "event": event,
        "suggestion": event.suggestion,
        "college": College.objects.current(),
        "body": f"email/_{event.kind}",
        "decided": decided,
        "files": files,
        "status_url": absolute_reverse("feedback:suggestion_status"),
    }
    subject = f"Предложение № {event.suggestion.number}: {SUBJECTS[event.kind]}"
    return (
        subject,
        render_to_string("email/suggestion.txt", context),
        render_to_string("email/suggestion.html", context),
    )


def sender(college):
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"{encode_words(name or str(college))} <{address}>"


def encode_words(text):
    """The text as encoded words of at most 75 characters, as RFC 2047 demands.

    Django's own are one longer, and formataddr() makes a single one of any length.
    """
    return Header(text, "utf-8", maxlinelen=75).encode(linesep="")
