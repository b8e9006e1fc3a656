"""How many answers are due in the weeks ahead."""

import datetime
from collections import Counter

from django.utils import timezone

from feedback.models import Suggestion
from feedback.models.suggestion_queries import MOST_OPEN
from feedback.models.workflow.states import RUNNING
from feedback.statistics.calculation import Row

WEEKS = 6


def list_load():
    """A Row for what is overdue and for each week that ends on a Sunday; `received` are due then.

    Of more than MOST_OPEN the most urgent ones are counted; those that wait for authors are not.
    """
    today = timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    counts = Counter()
    rows = Suggestion.objects.open().filter(status__in=RUNNING).by_urgency()
    for due_on in rows.values_list("open_due_on", flat=True)[:MOST_OPEN]:
        week = min((due_on - monday).days // 7, WEEKS)
        counts["late" if due_on < today else week] += 1
    labels = {"late": "Просрочено", 0: "Эта неделя", 1: "Следующая неделя", WEEKS: "Позже"}
    names = ["late", *range(WEEKS + 1)]
    return [Row(labels.get(n) or tell_week(monday, n), received=counts[n]) for n in names]


def tell_week(monday, number):
    first = monday + datetime.timedelta(days=7 * number)
    return f"{first:%d.%m}–{first + datetime.timedelta(days=6):%d.%m}"
