"""What the page «Состояние сайта» tells of letters and topics."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from college_site.status.facts import Fact
from feedback.models import Mail, StaffMail, SuggestionTopic

RECENT = timedelta(days=30)


def list_mail_facts():
    found = Mail.objects.filter(sent_at=None).aggregate(
        waiting=Count("pk", filter=Q(due_at__isnull=False)),
        failing=Count("pk", filter=Q(due_at__isnull=False) & ~Q(last_error="")),
        given_up=Count(
            "pk",
            filter=Q(due_at=None, created_at__gt=timezone.now() - RECENT)
            & ~Q(last_error="")
            & ~Q(event__suggestion__email=""),
        ),
    )
    return [Fact("Письма ждут отправки", str(found["waiting"]), find_mail_problem(found))]


def list_topic_facts():
    """The form cannot be sent without a topic."""
    count = SuggestionTopic.objects.filter(is_active=True).count()
    problem = (
        "Нет ни одной, поэтому посетитель не может отправить предложение. Добавьте их в разделе "
        "«Темы предложений» или попросите руководителя."
    )
    return [Fact("Темы предложений", str(count), "" if count else problem)]


def count_letters():
    """The letters to authors and to staff that wait."""
    return sum(one.objects.filter(due_at__isnull=False).count() for one in (Mail, StaffMail))


def find_mail_problem(found):
    if not settings.EMAIL_HOST:
        return "Почтовый сервер не задан, письма авторам не уходят. Задайте EMAIL_URL."
    if found["failing"] or found["given_up"]:
        return (
            f"Не уходит: {found['failing']}, оставлено без новых попыток за месяц: "
            f"{found['given_up']}. Причина названа у каждого письма в списке «Письма»."
        )
    return ""
