"""Reminders of deadlines: each target is told once at each stage, a late promise once.

Only the newest stage is written: after days without the worker nobody gets a pile of letters.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse

from college_site.accounts.roles import HEAD
from college_site.accounts.staff_permissions import is_staff_today
from college_site.pages.absolute_urls import absolute_reverse, absolute_url
from college_site.templatetags.typography import NBSP, full_date
from feedback.models import Promise, StaffMail, Suggestion
from feedback.models.letters.staff_mails import StaffMailKind as Kind
from feedback.models.workflow.access import BACKEND, RESTRICTED
from feedback.models.workflow.states import RUNNING

EARLIEST = timedelta(days=10)


def current_stage(suggestion, today):
    """The kind of the reminder that is due today, or None."""
    days = (suggestion.due_on - today).days
    if suggestion.status not in RUNNING or days > EARLIEST.days:
        return None
    if days < 0:
        return Kind.OVERDUE
    if days == 0:
        return Kind.TODAY
    return Kind.THREE_DAYS if days <= 3 else Kind.TEN_DAYS


def list_reminders(today):
    """Yield suggestion, stage, recipient and why of each reminder that is due today."""
    due = Suggestion.objects.filter(status__in=RUNNING, due_on__lte=today + EARLIEST)
    for suggestion in due.select_related("topic__responsible", "responsible").order_by("pk"):
        stage = current_stage(suggestion, today)
        for person, reason in list_recipients(suggestion, stage):
            yield suggestion, stage, person, reason


def list_late_promises(today):
    """Yield suggestion, kind, recipient and why of each late promise that was not reminded of."""
    letters = StaffMail.objects.filter(
        suggestion=OuterRef("pk"), kind=Kind.PROMISE, day=OuterRef("due_on")
    )
    late = Promise.objects.late(today).filter(~Exists(letters)).order_by("pk")
    related = ("suggestion__topic__responsible", "suggestion__responsible")
    for promise in late.select_related(*related):
        suggestion = promise.suggestion
        for person, reason in list_recipients(suggestion, Kind.PROMISE):
            yield suggestion, Kind.PROMISE, person, reason


def reminded_day(suggestion, kind):
    """The day of which a reminder of this kind reminds: that of the promise, or the target."""
    return suggestion.promise.due_on if kind == Kind.PROMISE else suggestion.due_on


def is_current(mail, today):
    """Whether what the reminder says still holds."""
    suggestion = mail.suggestion
    if mail.kind == Kind.PROMISE:
        is_due = suggestion.has_open_promise and suggestion.promise.is_late
    else:
        is_due = current_stage(suggestion, today) == mail.kind
    return is_due and mail.day == reminded_day(suggestion, mail.kind)


def list_recipients(suggestion, stage):
    """Pairs of a person who may read it and the reason: the responsible one, or the heads."""
    if stage == Kind.OVERDUE:
        return [(person, "вы руководите ответами") for person in list_heads(suggestion)]
    topic = suggestion.topic
    for person in (suggestion.responsible, topic.responsible):
        if person and may_read(person, suggestion):
            is_of_topic = person == topic.responsible
            reason = f"вы отвечаете за тему «{topic}»" if is_of_topic else "оно назначено вам"
            return [(person, reason)]
    reason = "ответственного нет, а вы руководите ответами"
    return [(person, reason) for person in list_heads(suggestion)]


def list_heads(suggestion):
    """The heads who may read it; without one those who are named for the restricted queue."""
    accounts = get_user_model().objects
    heads = accounts.filter(groups__name=HEAD).order_by("pk")
    readers = [person for person in heads if may_read(person, suggestion)]
    if readers or not suggestion.is_restricted:
        return readers
    named = accounts.with_perm(RESTRICTED, backend=BACKEND, include_superusers=False)
    return [person for person in named.order_by("pk") if may_read(person, suggestion)]


def may_read(person, suggestion):
    readable = Suggestion.objects.visible_to(person).filter(pk=suggestion.pk)
    return is_staff_today(person) and readable.exists()


def write_reminder(suggestion, stage, reason):
    """Subject and text of the letter: number, topic, date, never the words of the author."""
    until = full_date(reminded_day(suggestion, stage))
    what = {
        Kind.OVERDUE: "срок ответа прошёл",
        Kind.TODAY: "ответить сегодня",
        Kind.PROMISE: "срок обещания прошёл",
    }
    context = {
        "suggestion": suggestion,
        "what": what.get(stage, f"ответить до {until}"),
        "until": until,
        "is_overdue": stage == Kind.OVERDUE,
        "is_promise": stage == Kind.PROMISE,
        "reason": reason,
        "address": absolute_url(reverse("admin:feedback_suggestion_change", args=[suggestion.pk])),
        "choice_address": absolute_reverse("admin:feedback_staffmail_mine"),
    }
    subject = f"Предложение № {suggestion.number}: {context['what']}"
    return subject.replace(NBSP, " "), render_to_string("email/staff_reminder.txt", context)
