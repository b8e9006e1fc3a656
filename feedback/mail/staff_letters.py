"""Writes the letters of a day to staff, once: reminders, the morning's digest, the week's."""

from datetime import time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.template.loader import render_to_string
from django.utils import timezone

from college_site.accounts.roles import HEAD
from college_site.pages.absolute_urls import absolute_reverse
from college_site.registry import registry
from college_site.russian.academic_year import midnight
from college_site.templatetags.typography import NBSP, full_date
from feedback.deadlines import is_working_day
from feedback.mail.reminders import (
    list_late_promises,
    list_reminders,
    reminded_day,
    write_reminder,
)
from feedback.models import DeskDay, LetterChoice, StaffMail, Suggestion
from feedback.models.workflow.access import BACKEND, CHANGE
from feedback.models.workflow.desk_states import DESK_STATES

MORNING = time(8)
LISTED = ("overdue", "today", "week")
MOST_LISTED = 20
KEEP_DIGESTS = timedelta(days=30)
Kind = StaffMail.Kind


def queue_letters():
    """Write the letters of today, from eight in the morning; returns whether it did now."""
    now = timezone.localtime()
    today = now.date()
    if now.time() < MORNING or DeskDay.objects.filter(day=today).exists():
        return False
    with transaction.atomic():
        _, is_first = DeskDay.objects.get_or_create(day=today)
        if is_first:
            queue_reminders(today)
            if is_working_day(today):
                queue_digests(today)
                queue_weekly_digests(today)
            delete_old(now)
    return is_first


def delete_old(now):
    """Forget digests; a reminder stays, since it tells that it was sent."""
    StaffMail.objects.filter(suggestion=None, created_at__lt=now - KEEP_DIGESTS).delete()
    DeskDay.objects.filter(day__lt=now.date() - KEEP_DIGESTS).delete()


def queue(person, kind, day, subject, body, suggestion=None):
    StaffMail.objects.get_or_create(
        recipient=person,
        kind=kind,
        day=day,
        suggestion=suggestion,
        defaults={"subject": subject, "body": body},
    )


def wants(person, kind):
    return bool(person.email) and LetterChoice.wants(person, kind)


def queue_reminders(today):
    for suggestion, stage, person, reason in [*list_reminders(today), *list_late_promises(today)]:
        if wants(person, stage):
            subject, body = write_reminder(suggestion, stage, reason)
            queue(person, stage, reminded_day(suggestion, stage), subject, body, suggestion)


# Digests ------------------------------------------------------------------------------------------


def queue_digests(today):
    """To staff who work with suggestions, but not to those who have nothing to do."""
    accounts = get_user_model().objects
    people = accounts.with_perm(CHANGE, backend=BACKEND, include_superusers=False)
    for person in people.filter(is_staff=True).order_by("pk"):
        visible = Suggestion.objects.visible_to(person)
        counts = visible.count_desk_states()
        if any(counts.values()) and wants(person, Kind.DIGEST):
            body = write_digest(visible, counts, today)
            queue(person, Kind.DIGEST, today, f"Предложения на {day_name(today)}", body)


def write_digest(visible, counts, today):
    """The numbers and topics of what is due, and how many of the rest."""
    sections = []
    for name in (name for name in DESK_STATES if counts[name]):
        rows = []
        if name in LISTED:
            found = visible.in_desk_state(name).select_related("topic")
            rows = list(found.order_by("due_on", "pk")[:MOST_LISTED])
        sections.append({"title": DESK_STATES[name], "count": counts[name], "rows": rows})
    return render_letter("email/staff_digest.txt", today=day_name(today), sections=sections)


def queue_weekly_digests(today):
    """To the heads, on the first working day of the week on which the worker runs."""
    monday = today - timedelta(days=today.weekday())
    heads = get_user_model().objects.filter(groups__name=HEAD, is_active=True, is_staff=True)
    for person in heads.order_by("pk"):
        if wants(person, Kind.WEEKLY):
            subject = f"Предложения за неделю до {day_name(monday - timedelta(days=1))}"
            queue(person, Kind.WEEKLY, monday, subject, write_weekly_digest(person, monday))


def write_weekly_digest(person, monday):
    """What came in and was answered from Monday to Sunday, and what stands open now."""
    visible = Suggestion.objects.visible_to(person)
    week = (midnight(monday - timedelta(days=7)), midnight(monday))
    is_answered = Q(answered_at__gte=week[0], answered_at__lt=week[1])
    figures = (
        visible.filter(duplicate_of=None)
        .order_by()
        .aggregate(
            received=Count("pk", filter=Q(received_at__gte=week[0], received_at__lt=week[1])),
            answered=Count("pk", filter=is_answered),
            on_time=Count("pk", filter=is_answered & Q(due_on__gte=TruncDate(F("answered_at")))),
        )
    )
    counts = visible.count_desk_states()
    return render_letter(
        "email/staff_weekly.txt",
        first=day_name(monday - timedelta(days=7)),
        last=day_name(monday - timedelta(days=1)),
        figures=figures,
        open=[(title, counts[name]) for name, title in DESK_STATES.items() if counts[name]],
        lines=[line for write in registry.weekly_lines if (line := write())],
    )


def day_name(day):
    return full_date(day).replace(NBSP, " ")


def render_letter(template, **context):
    addresses = {
        "list_address": absolute_reverse("admin:feedback_suggestion_changelist"),
        "choice_address": absolute_reverse("admin:feedback_staffmail_mine"),
    }
    return render_to_string(template, {**addresses, **context})
