"""The states of suggestions for the desk, by what is due: each is one condition."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from feedback.models.workflow.states import OPEN, RUNNING, Status

DESK_STATES = {
    "overdue": "Просрочено",
    "today": "Сегодня",
    "week": "На этой неделе",
    "new": "Новые",
    "waiting": "Ждут автора",
    "quarantine": "Карантин",
    "urgent": "Закрытая очередь без ответа",
    "promises": "Обещания, срок прошёл",
}
SUNDAY = 6


def desk_state(name):
    """The condition of the suggestions in this state today, on a suggestion's columns.

    That of promises is on other rows, see SuggestionQuerySet.with_due_promise().
    """
    today = timezone.localdate()
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    conditions = {
        "overdue": Q(status__in=RUNNING, due_on__lt=today),
        "today": Q(status__in=RUNNING, due_on=today),
        "week": Q(status__in=RUNNING, due_on__gt=today, due_on__lte=sunday),
        "new": Q(status=Status.RECEIVED),
        "waiting": Q(status=Status.WAITING),
        "quarantine": Q(status=Status.QUARANTINE),
        "urgent": Q(is_restricted=True, status__in=OPEN),
    }
    return conditions[name]
